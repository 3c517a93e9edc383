#!/usr/bin/env python3
"""key-is-true.py - mkspool's trees are what their key says, by an independent reading (Python's email package).

A recall of 95 % means little if the culprits are sound or the background is not. So: clean messages have no defect
that another parser sees, every variant of every trigger and damage carries its fault in its bytes, and the envelope is
laid out as documented. Reads MKSPOOL from the environment (default build/mkspool); prints "ok - " and "not ok - ".

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import base64
import email
import email.header
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402

CODECS = {"euc-kr": "cp949", "shift_jis": "cp932", "gb2312": "gbk", "x-sjis": "cp932"}


class Spooled:
    """A file cut into envelope and text."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.whole = file.read()
        at = int.from_bytes(self.whole[:4], "little") if self.whole[4:8] == b"ImCr" else 0
        self.envelope, self.text = self.whole[:at], self.whole[at:]
        self.head = self.text.split(b"\r\n\r\n")[0]
        self.paths = re.findall(rb"<([^<>\0]*)>\0", self.envelope)
        text = self.text[:-3] if self.text.endswith(b"\r\n.\r\n") else self.text
        self.parsed = email.message_from_bytes(text)

    def payloads(self, encoding):
        for part in self.parsed.walk():
            if part.get("content-transfer-encoding", "").lower() == encoding and not part.is_multipart():
                yield re.sub(rb"[\r\n]", b"", part.get_payload().encode("utf-8", "replace"))

    def bad_base64(self):
        return sum(not sound_base64(raw) for raw in self.payloads("base64"))

    def bad_charsets(self):
        bad = 0
        for part in self.parsed.walk():
            charset = part.get_content_charset()
            if charset and not part.is_multipart():
                try:
                    part.get_payload(decode=True).decode(CODECS.get(charset, charset))
                except (UnicodeError, LookupError):
                    bad += 1
        return bad

    def longest_url(self):
        texts = [self.text.replace(b"=\r\n", b"")]
        texts += [base64.b64decode(raw) for raw in self.payloads("base64") if sound_base64(raw)]
        return max((len(url) for text in texts for url in re.findall(rb'http://[^\s">]+', text)), default=0)

    def colonless(self):
        return [line for line in self.head.split(b"\r\n") if not re.match(rb"[!-9;-~]+:|[ \t]", line)]


def sound_base64(raw):
    try:
        base64.b64decode(raw, validate=True)
        return True
    except ValueError:
        return False


def boundary(spooled):
    return spooled.parsed.get_boundary().encode()


def subject(spooled):
    return str(email.header.make_header(email.header.decode_header(spooled.parsed["Subject"])))


def address_fields(spooled):
    return b"\n".join(re.findall(rb"(?m)^(?:From|To|Cc|Reply-To|Sender): (?:.*\r\n(?:[ \t].*\r\n)*)", spooled.head + b"\r\n"))


def same_names(spooled):
    names = re.findall(rb'filename="([^"]*)"', spooled.text)
    return any(names.count(name) > 1 and (not name or name.startswith(b".")) for name in names)


def open_parenthesis(spooled):
    for name in re.findall(rb'(?i)name=("[^"\r\n]*"|[^;\r\n]*)', spooled.text):
        if name.count(b"(") > name.count(b")"):
            return True
    return False


def out_of_step(spooled):
    """Lines in the midst of the base64 that are not as long as most."""
    lengths = [len(line) for line in spooled.text.split(b"\r\n")]
    usual = max((n for n in set(lengths) if n >= 56), key=lengths.count)
    first, last = lengths.index(usual), len(lengths) - lengths[::-1].index(usual)
    return sum(n != usual for n in lengths[first:last])


# What the bytes of each trigger and damage must show; x is a Spooled.
HOLDS = {
    "charset-empty": lambda x: re.search(rb'(?i)charset\s*=\s*"\s*"', x.text),
    "boundary-empty": lambda x: re.search(rb'(?i)boundary\s*=\s*(;|"\s*"|\r\n\S)', x.text),
    "digest-foreign-charset": lambda x: re.search(rb"(?i)multipart/digest", x.text)
    and re.search(rb"(?i)charset=\"?(iso-2022-jp|shift_jis|x-sjis)", x.text),
    "nested-deep": lambda x: x.text.lower().count(b"content-type: message/rfc822") >= 12,
    "content-type-illegal": lambda x: re.search(rb'(?i)content-type: [^\r\n;]*[^ -~]|content-type: [^;\r\n]*[@\[<?\\]'
                                                rb'|content-type: [^\r\n]*[^ -~]|\tcharset=[^\r]*[^ -~\r]', x.text),
    "mime-malformed-rewind": lambda x: re.search(rb"(?i)content-type: multipart/[a-z]+(;|\r|; (charset|name)=[^\r]*)\r?\n"
                                                 rb"(?!\s+boundary)|boundary=\"never-|Content[- ]Type[= ]|Content Type:|=20Content",
                                                 x.text),
    "boundary-first-missing": lambda x: re.search(rb"(?im)\r\n\r\n(.*\r\n){0,8}Content-Type: text/plain", x.text),
    "header-no-colon": lambda x: len(x.colonless()) == 1,
    "base64-corrupt": lambda x: x.bad_base64() == 1,
    "uuencode-no-end": lambda x: re.search(rb"\r\nbegin 6", x.text),
    "binhex-no-prolog": lambda x: re.search(rb"(?i)application/mac-binhex40", x.text)
    and b"must be converted" not in x.text,
    "attachment-name-paren": open_parenthesis,
    "tnef-damaged": lambda x: re.search(rb"(?i)application/ms-tnef", x.text),
    "url-long": lambda x: x.longest_url() > 1732,
    "dbcs-damaged-body": lambda x: x.bad_charsets() == 1,
    "dbcs-damaged-name": lambda x: re.search(rb"=\?|[\x80-\xff]", address_fields(x)),
    "dbcs-crlf-run": lambda x: re.search(rb"(\r\n){128}", x.text) and re.search(rb"(?i)iso-2022-jp", x.text),
    "address-damaged": lambda x: re.search(rb"[\0-\x06]", x.head) or address_fields(x).count(b'"') % 2
    or address_fields(x).count(b"<") != address_fields(x).count(b">")
    or address_fields(x).count(b"(") != address_fields(x).count(b")") or b'\\"' in address_fields(x),
    "address-comment-comma": lambda x: re.search(rb"(?m)^(To|Cc): [^\r]*(\r\n[ \t][^\r]*)*\([^)]*,", x.head),
    "imcea-damaged": lambda x: re.search(rb"(?i)imcea[a-z0-9]*-[^@\r]*(\+(?![0-9a-f]{2})|\x01)|imcea-", x.head),
    "envelope-address-long": lambda x: max(map(len, x.paths)) > 1024,
    "mail-from-long-no-from": lambda x: len(x.paths[0]) > 64 and "From" not in x.parsed,
    "recipients-too-many": lambda x: len(x.paths) - 1 > 32766,
    "recipients-many-invalid": lambda x: len(x.paths) > 50 and any(not re.fullmatch(rb"[\w.]+@[\w.]+", p)
                                                                    for p in x.paths[1:]),
    "subject-percent-s": lambda x: "%s" in subject(x),
    "recipient-or-subject-long": lambda x: len(subject(x)) > 1024 or max(map(len, x.paths)) > 1024,
    "attachment-same-dot-name": same_names,
    "out-no-final-crlf": lambda x: x.text.endswith(b".\r\n") and not x.text.endswith(b"\r\n.\r\n"),
    "zero-length": lambda x: not x.whole,
    "nul-tail": lambda x: x.whole.endswith(bytes(256)) and x.whole.strip(b"\0"),
    "nul-whole": lambda x: x.whole and not x.whole.strip(b"\0"),
    "nul-block": lambda x: bytes(512) in x.whole and not x.whole.endswith(b"\0"),
    "envelope-torn": lambda x: x.whole[4:8] == b"ImCr" and b"EwLs" not in x.whole,
    "cut-in-header": lambda x: b"\r\n\r\n" not in x.text,
    "cut-in-part": lambda x: not x.text.endswith(b"\n") and not x.text.endswith(b"--"),
    "cut-in-base64": lambda x: x.bad_base64() == 1,
    "cut-in-multibyte": lambda x: x.bad_charsets() == 1 and x.text[-1] > 127,
    "final-boundary-cut": lambda x: not x.text.endswith(b"\n") and b"\r\n--%s\r\n" % boundary(x) in x.text
    and b"\r\n--%s--" % boundary(x) not in x.text,
    "cut-at-cluster": lambda x: len(x.whole) % 512 == 0 and not x.text.endswith(b"\n"),
    "foreign-sector": lambda x: out_of_step(x) >= 2 or x.whole.count(b"ImCr") == 2,
    "foreign-type": lambda x: x.whole[4:8] != b"ImCr" and not re.match(rb"[!-9;-~]+:", x.whole),
}


def clean_defects(spooled, row):
    """What another parser would call wrong in a message that the key calls clean."""
    text = spooled.text
    wrong = []
    if row["path"].startswith("Out"):
        if not text.endswith(b"\r\n.\r\n"):
            wrong.append("no terminator")
        text = text[:-3].replace(b"\r\n..", b"\r\n.")
    if re.search(rb"[^\r]\n|\r[^\n]|\0", text):
        wrong.append("bare CR, bare LF or NUL")
    if any(len(line) > 998 for line in text.split(b"\r\n")):
        wrong.append("long line")
    if spooled.colonless() or re.search(rb"[^ -~\t\r\n]", spooled.head):
        wrong.append("head")
    if spooled.bad_base64() or spooled.bad_charsets():
        wrong.append("base64 or charset")
    if row["name"] != "partial":  # Python takes a fragment for a message of its own.
        wrong += [repr(d) for part in email.message_from_bytes(text).walk() for d in part.defects]
    return wrong


failed = False


def claim(true, words, *details):
    global failed
    print(("ok - " if true else "not ok - ") + words)
    for detail in details if not true else ():
        print("    %s" % detail)
    failed = failed or not true


def envelope_sound(spooled, row):
    envelope = spooled.envelope
    name = os.path.basename(row["path"]).encode()
    return (envelope.endswith(b"EwLs") and re.match(rb"[!-9;-~]+[: ]|Microsoft Mail", spooled.text)
            and spooled.paths and re.search(rb"c=US;a= ;p=ACME;l=EXGATE1\d{10}" + re.escape(name[-8:]), envelope))


def main():
    mkspool = os.environ.get("MKSPOOL", "build/mkspool")
    if not os.access(mkspool, os.X_OK):
        sys.exit("%s: no such program (set MKSPOOL)" % mkspool)
    with tempfile.TemporaryDirectory(prefix="imcscan-key-") as scratch:
        tree = os.path.join(scratch, "tree")
        key = lab.make_tree(mkspool, tree, "--seed=3", "--count=400", "--trigger=all:all", "--damage=all:all")
        files = [(row, Spooled(os.path.join(tree, "Imcdata", row["path"]))) for row in key]
    bad = ["%s %s: %s" % (r["path"], r["name"], clean_defects(x, r)) for r, x in files
           if r["kind"] == "clean" and clean_defects(x, r)]
    claim(not bad, "clean messages have no defect that another parser sees", *bad)
    bad = [r["path"] for r, x in files if r["kind"] == "clean" and not envelope_sound(x, r)]
    claim(not bad, "every clean file has a sound envelope", *bad)
    unknown = {r["name"] for r in key if r["kind"] in ("trigger", "damage")} ^ set(HOLDS)
    claim(not unknown, "this test knows every trigger and damage", *unknown)
    for name, holds in HOLDS.items():
        rows = [(r, x) for r, x in files if r["name"] == name]
        bad = ["variant %s: %s" % (r["variant"], r["path"]) for r, x in rows if not holds(x)]
        claim(len(rows) >= 10 and not bad, "%s: ten or more variants, all with the fault" % name, *bad)
        if name in ("zero-length", "nul-whole"):
            continue
        claim(len({x.whole for r, x in rows}) == len(rows), "%s: no two variants are alike" % name)
    sys.exit(failed)


if __name__ == "__main__":
    main()
