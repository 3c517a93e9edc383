#!/usr/bin/env python3
"""wrapped.py - attachment samples in the dress in which mail carries them: do sound ones pass, are damaged ones told?

    wrapped.py --samples=DIR [--imcscan=PROGRAM] [--mkspool=PROGRAM] [--verbose]

DIR holds FORMAT/ok/* and FORMAT/corrupt/* for the formats tnef, binhex and uu. Each sample becomes the attachment of
an ordinary message in every dress of its format, is wrapped by mkspool as a spool file of In, and is scanned alone, so
that no sample changes what another weighs. A sample of ok/ should have no finding at medium or above, one of corrupt/
must reach medium as a message. A sample that goes against this because its specification calls it wrong is named with
the finding that says so. Exit status 1: a damaged sample was not told. Run by hand; without --samples nothing is done.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import base64
import binascii
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402

LOUD = ("critical", "high", "medium")
HEAD = (b"Received: from client.example.org by mail.example.com; Mon, 5 Mar 2001 20:07:40 +0000\r\n"
        b"From: \"A Writer\" <writer@example.org>\r\nTo: reader@example.com\r\nSubject: The file\r\n"
        b"Date: Mon, 5 Mar 2001 20:07:39 +0000\r\nMessage-ID: <20010305200739.1@client.example.org>\r\n")
TEXT = b"Hello,\r\n\r\nhere is the file.\r\n"


def arguments():
    parser = argparse.ArgumentParser(description="Scan attachment samples wrapped as mail.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--samples", help="folder of tnef/, binhex/ and uu/")
    parser.add_argument("--verbose", action="store_true", help="print every finding")
    return parser.parse_args()


def crlf(text):
    return re.sub(rb"\r?\n", b"\r\n", text)


def uu(name, data):
    lines = [b"begin 644 " + name]
    lines += [binascii.b2a_uu(data[at:at + 45], backtick=True)[:-1] for at in range(0, len(data), 45)]
    return b"\r\n".join(lines + [b"`", b"end", b""])


def multipart(fields, body):
    return (HEAD + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_next\"\r\n\r\n--=_next\r\n"
            b"Content-Type: text/plain; charset=us-ascii\r\n\r\n" + TEXT + b"--=_next\r\n" + fields + b"\r\n" + body +
            b"\r\n--=_next--\r\n")


def plain(body):
    return HEAD + b"\r\n" + TEXT + b"\r\n" + body


def dress_tnef(data):
    fields = b"Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: "
    yield "base64", multipart(fields + b"base64\r\n", crlf(base64.encodebytes(data)))
    yield "x-uuencode", multipart(fields + b"x-uuencode\r\n", uu(b"winmail.dat", data))
    yield "inline", plain(uu(b"winmail.dat", data))


def dress_binhex(data):
    text = crlf(data)
    yield "mac-binhex40", multipart(b"Content-Type: application/mac-binhex40; name=\"file.hqx\"\r\n", text)
    yield "x-binhex40", multipart(b"Content-Type: application/octet-stream; name=\"file\"\r\n"
                                  b"Content-Transfer-Encoding: x-binhex40\r\n", text)
    if b"(This file must be" in text:  # what no line announces is plain text
        yield "inline", plain(text)


def dress_uu(data):
    text = crlf(data)
    if re.search(rb"^begin \d", text, re.M):
        part = text[re.search(rb"^begin \d", text, re.M).start():]
        yield "x-uuencode", multipart(b"Content-Type: application/octet-stream; name=\"file\"\r\n"
                                      b"Content-Transfer-Encoding: x-uuencode\r\n", part)
    if data.isascii():
        yield "inline", plain(text)
    else:
        yield "inline", (HEAD + b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                         b"Content-Transfer-Encoding: 8bit\r\n\r\n" + TEXT + text)


DRESSES = {"tnef": dress_tnef, "binhex": dress_binhex, "uu": dress_uu}


def content_of(path):
    """The sample; of one that is a message itself, its body."""
    with open(path, "rb") as sample:
        data = sample.read()
    head = re.match(rb"(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*)+\r?\n", data)
    return data[head.end():] if head else data


def scan_alone(options, letter):
    with tempfile.TemporaryDirectory(prefix="imcscan-wrapped-") as scratch:
        os.mkdir(os.path.join(scratch, "mail"))
        with open(os.path.join(scratch, "mail", "letter.eml"), "wb") as out:
            out.write(letter)
        tree = os.path.join(scratch, "tree")
        lab.make_tree(options.mkspool, tree, "--count=all", "--odd=0", "--main-folders", "--direction=in",
                      "--background=" + os.path.join(scratch, "mail"))
        found, _ = lab.scan(options.imcscan, os.path.join(tree, "Imcdata"))
    (message,) = found.values()
    return message


def told(findings):
    return "; ".join("%s (%.1f bits) %s" % (f["rule"], f.get("bits") or 0, f.get("detail", "")) for f in
                     sorted(findings, key=lambda f: -(f.get("bits") or 0)))


def judge(options, kind, dress, message):
    """True, or False when the sample goes against its folder."""
    findings = message["findings"]
    loud = [f for f in findings if f.get("level") in LOUD]
    good = not loud if kind == "ok" else message["level"] in LOUD
    if options.verbose or not good:
        shown = findings if options.verbose or not loud else loud
        print("%s %s: %s %.2f  %s" % ("   " if good else "NOT", dress, message["level"], message["score"], told(shown)))
    return good


def samples_of(root):
    for name in DRESSES:
        for kind in ("ok", "corrupt"):
            folder = os.path.join(root, name, kind)
            for sample in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
                yield name, kind, os.path.join(folder, sample)


def main():
    options = arguments()
    if not options.samples:
        print("wrapped: skipped, no samples (give --samples=DIR)")
        return 0
    total, good, missed = {}, {}, 0
    for name, kind, path in samples_of(options.samples):
        for dress, letter in DRESSES[name](content_of(path)):
            fine = judge(options, kind, "%s/%s/%s as %s" % (name, kind, os.path.basename(path), dress),
                         scan_alone(options, letter))
            total[name, kind] = total.get((name, kind), 0) + 1
            good[name, kind] = good.get((name, kind), 0) + fine
            missed += not fine and kind == "corrupt"
    for key, n in total.items():
        print("%-7s %-8s %3d of %3d %s" % (*key, good[key], n, "without a finding at medium or above" if key[1] == "ok"
                                           else "at medium or above"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
