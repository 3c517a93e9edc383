#!/usr/bin/env python3
"""hostile.py - one message of each shape that costs a mail parser too much, at a size and at twice that size.

    hostile.py [--imcscan=PROGRAM] [--bytes=N] [--limit=RATIO] [SHAPE...]

For each shape is printed: processor time above that of a scan of a small message at both sizes, their ratio, and the
findings that name the fault. It fails when a ratio is over the limit (default 2.3; below half a second
it is noise and does not count), when a worker died, when a message could not be examined, or when no finding of the
ones listed with the shape was told.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile

FROM = b"From: ann@example.org\r\n"
TOP = (FROM + b"To: bob@example.net\r\nSubject: size\r\nDate: Mon, 5 Mar 2001 14:07:51 -0600\r\n"
       b"Message-ID: <1.2.3@example.org>\r\nMIME-Version: 1.0\r\n")
NO_TO = TOP.replace(b"To: bob@example.net\r\n", b"")
NO_SUBJECT = TOP.replace(b"Subject: size\r\n", b"")
BODY = b"\r\nhello\r\n"
MIXED = b'Content-Type: multipart/mixed; boundary="b"\r\n'
DEATHS = {"parser-crashed", "parser-timed-out", "parser-out-of-memory"}


def field(name, text, top=TOP):
    return top + name + b": " + text + b"\r\n" + BODY


def to(text):
    return field(b"To", text, NO_TO)


def subject(text):
    return field(b"Subject", text, NO_SUBJECT)


def typed(text):
    return field(b"Content-Type", text)


def encoded(encoding, body, kind=b"text/plain"):
    return TOP + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body


def multipart(body, kind=b"mixed"):
    return TOP + MIXED.replace(b"mixed", kind) + b"\r\n" + body


def numbered(text, n):
    return b"".join(text % i for i in range(n))


def levels(n, prefix=b"b"):
    return b"".join(b'Content-Type: multipart/mixed; boundary="%s%d"\r\n\r\n--%s%d\r\n' % (prefix, i, prefix, i)
                    for i in range(n)) + b"Content-Type: text/plain\r\n\r\nx\r\n"


SIZE = ("header-over-32k",)
WORD = ("word-odd", "word-malformed", "word-needless", "subject-over-20480", *SIZE)
# name: (bytes of a unit, rules of which one must fire, message of n units)
SHAPES = {
    # structure
    "nested-multiparts": (60, ("multiparts-deep", "parts-over-30-deep", "structure-not-followed"),
                          lambda n: TOP + levels(n)),
    "nested-messages": (30, ("nested-messages-deep", "structure-not-followed"),
                        lambda n: TOP + b"Content-Type: message/rfc822\r\n\r\n" * n + b"Subject: x\r\n" + BODY),
    "open-boundaries-dashes": (6, ("multiparts-deep", "parts-over-30-deep", "structure-not-followed"),
                               lambda n: TOP + levels(1000) + b"--bX\r\n" * n),
    "long-boundaries-dashes": (1000, ("boundary-illegal", "multiparts-deep", "parts-over-30-deep"),
                               lambda n: TOP + levels(200, b"-" * 990) + (b"--" + b"-" * 990 + b"z\r\n") * n),
    "parts": (8, ("parts-over-1024",), lambda n: multipart(b"--b\r\n\r\nx\r\n" * n + b"--b--\r\n")),
    "parts-of-nothing": (5, ("parts-over-1024", "part-incomplete"), lambda n: multipart(b"--b\r\n" * n + b"--b--\r\n")),
    "digest": (27, ("parts-over-1024",),
               lambda n: multipart(b"--b\r\n\r\nSubject: s\r\n\r\nx\r\n" * n + b"--b--\r\n", b"digest")),
    "dash-lines": (4, ("boundary-not-closed", "truncated-in-part", "part-incomplete"),
                   lambda n: multipart(b"--b\r\n\r\n" + b"--\r\n" * n)),
    "preamble": (3, ("preamble-odd",), lambda n: multipart(b"p\r\n" * n + b"--b\r\n\r\nx\r\n--b--\r\n")),
    "preamble-nul": (1, ("nul-run", "nul-block", "preamble-odd"),
                     lambda n: multipart(b"\0" * n + b"\r\n--b\r\n\r\nx\r\n--b--\r\n")),
    "epilogue-parts": (8, ("preamble-odd", "gmime-kept-out"),
                       lambda n: multipart(b"--b\r\n\r\nx\r\n--b--\r\n" + b"--b\r\n\r\nx\r\n" * n)),
    "boundary-long": (3, ("boundary-illegal",), lambda n: TOP + b'Content-Type: multipart/mixed; boundary="' + b"x" * n +
                      b'"\r\n\r\n--' + b"x" * n + b"\r\n\r\nhello\r\n--" + b"x" * n + b"--\r\n"),
    # header block
    "fields": (8, ("fields-over-1000",), lambda n: TOP + b"X-A: b\r\n" * n + BODY),
    "fields-numbered": (14, ("fields-over-1000",), lambda n: TOP + numbered(b"X-%d: v\r\n", n) + BODY),
    "subjects": (14, ("field-repeated", "fields-over-1000"), lambda n: TOP + numbered(b"Subject: v%d\r\n", n) + BODY),
    "received": (58, ("received-over-100", "fields-over-1000"),
                 lambda n: TOP + b"Received: from a by b; Mon, 5 Mar 2001 14:07:51 -0600\r\n" * n + BODY),
    "value-long": (1, ("header-line-over-998", *SIZE), lambda n: field(b"X-Big", b"a" * n)),
    "value-folded": (4, SIZE, lambda n: field(b"X-Big", b"a\r\n " * n + b"end")),
    "name-long": (1, ("header-line-over-998", "header-name-bad", *SIZE), lambda n: TOP + b"a" * n + b": v\r\n" + BODY),
    "no-colon-long": (1, ("header-line-over-998", "header-line-stray", *SIZE), lambda n: TOP + b"a" * n + b"\r\n" + BODY),
    "references": (20, ("header-line-over-998", *SIZE), lambda n: field(b"References", b"<1.2.3@example.org> " * n)),
    "id-open": (1, ("identifier-malformed", "identifier-odd", "structured-field-malformed", *SIZE),
                lambda n: field(b"In-Reply-To", b"<" + b"(" * n)),
    "date-numbers": (2, ("date-unparsable", "date-odd", *SIZE),
                     lambda n: field(b"Date", b"1 " * n, TOP.replace(b"Date: Mon, 5 Mar 2001 14:07:51 -0600\r\n", b""))),
    "date-names": (5, ("date-unparsable", "date-odd", *SIZE),
                   lambda n: field(b"Date", b"Mon, " * n, TOP.replace(b"Date: Mon, 5 Mar 2001 14:07:51 -0600\r\n", b""))),
    "key-data": (7, SIZE, lambda n: field(b"Autocrypt", b"addr=ann@example.org; keydata=" + b"QUFB\r\n " * n + b"QQ==")),
    # subject and encoded words
    "subject-long": (2, ("subject-over-20480", *SIZE), lambda n: subject(b"a " * n)),
    "subject-8bit": (2, ("header-8bit",), lambda n: subject(b"\xe9\xff" * n)),
    "words": (14, WORD, lambda n: subject(b"=?utf-8?q?a?= " * n)),
    "words-mixed": (20, WORD, lambda n: subject(b"".join(b"=?iso-8859-%d?q?a?= " % (1 + i % 15) for i in range(n)))),
    "words-unknown": (18, ("word-malformed", "word-odd"), lambda n: subject(b"=?nosuch?q?=E9?= " * n)),
    "word-big": (4, WORD, lambda n: subject(b"=?utf-8?b?" + b"QUFB" * n + b"?=")),
    "word-open": (2, ("word-malformed", "word-odd", "subject-over-20480", *SIZE), lambda n: subject(b"=?" * n)),
    # parameters
    "params": (11, ("parameters-over-256",), lambda n: typed(b"text/plain" + numbered(b";\r\n p%d=v", n))),
    "params-same": (8, ("parameters-over-256",), lambda n: typed(b"text/plain" + b";\r\n p=v" * n)),
    "params-disposition": (11, ("parameters-over-256",),
                           lambda n: field(b"Content-Disposition", b"attachment" + numbered(b";\r\n p%d=v", n))),
    "file-name-long": (1, ("attachment-name-over-246", *SIZE),
                       lambda n: field(b"Content-Disposition", b'attachment; filename="' + b"a" * n + b'"')),
    "sections": (15, ("parameters-over-256",), lambda n: typed(b"text/plain" + numbered(b";\r\n name*%d*=a", n))),
    "sections-reversed": (15, ("parameters-over-256",),
                          lambda n: typed(b"text/plain" + b"".join(b";\r\n name*%d*=a" % i for i in range(n, 0, -1)))),
    "sections-same": (14, ("parameters-over-256",), lambda n: typed(b"text/plain" + b";\r\n name*0*=a" * n)),
    "type-comments": (2, ("type-malformed", "param-malformed", "comment-odd", *SIZE),
                      lambda n: typed(b"text/plain; " + b"(" * n + b")" * n + b"charset=x")),
    "type-slashes": (1, ("type-malformed", "type-illegal-characters", *SIZE), lambda n: typed(b"/" * n)),
    "type-8bit": (1, ("header-8bit",), lambda n: typed(b'text/plain; name="' + b"\xe9" * n + b'"')),
    # addresses
    "groups-nested": (3, ("address-group-bad", "address-malformed", "gmime-kept-out"),
                      lambda n: to(b"g:" * n + b"x@example.org" + b";" * n)),
    "groups-flat": (4, ("address-group-empty", "address-malformed", "recipients-over-1000"), lambda n: to(b"g:;," * n)),
    "addresses": (17, ("recipients-over-1000",), lambda n: to(b", ".join(b"a%d@example.org" % i for i in range(n)))),
    "names-commas": (6, ("address-malformed", "address-list-sloppy", "recipients-over-1000"),
                     lambda n: to(b"a b c," * n)),
    "name-words": (2, ("header-line-over-998", *SIZE), lambda n: to(b"a " * n + b"<x@example.org>")),
    "address-dots": (2, ("address-over-383", "address-over-255", "address-over-246"), lambda n: to(b"a." * n + b"a@b.org")),
    "angles": (2, ("address-malformed", "address-field-damaged"), lambda n: to(b"<" * n + b"x@b.org" + b">" * n)),
    "ats": (2, ("address-malformed",), lambda n: to(b"a" + b"@b" * n)),
    "commas": (1, ("address-list-sloppy", "address-malformed"), lambda n: to(b"," * n)),
    "quote-open": (1, ("address-field-damaged", "address-malformed"), lambda n: to(b'"' + b"a" * n)),
    "quotes": (2, ("address-field-damaged", "address-malformed"), lambda n: to(b'"a' * n)),
    "route": (3, ("address-form-odd", "address-malformed"), lambda n: to(b"<" + b"@a," * n + b":x@example.org>")),
    "address-controls": (2, ("address-field-damaged", "header-control"), lambda n: to(b"\x01 " * n)),
    "address-8bit": (2, ("header-8bit",), lambda n: to(b"\xe9 " * n + b"<x@example.org>")),
    "domain-labels": (6, ("domain-over-255", "address-over-383"), lambda n: to(b"a@" + b"xn--a." * n)),
    "comments-nested": (2, ("comment-odd", "structured-field-malformed", "address-malformed", *SIZE),
                        lambda n: to(b"(" * n + b")" * n + b" x@example.org")),
    "comments-open": (1, ("address-field-damaged", "address-malformed"), lambda n: to(b"(" * n + b" x@example.org")),
    "comments-many": (3, ("header-line-over-998", *SIZE), lambda n: to(b"(c)" * n + b" x@example.org")),
    # bodies
    "lines-empty-lf": (1, ("body-line-end-bare",), lambda n: TOP + b"\r\n" + b"\n" * n),
    "line-long": (1, ("body-line-over-998",), lambda n: TOP + b"\r\n" + b"a" * n),
    "quoted": (3, ("quoted-printable-long",), lambda n: encoded(b"quoted-printable", b"=41" * n)),
    "quoted-soft": (3, ("quoted-printable-bad", "truncated-in-part"),
                    lambda n: encoded(b"quoted-printable", b"=\r\n" * n)),
    "base64-line": (4, ("base64-line-over-76",), lambda n: encoded(b"base64", b"QUFB" * n)),
    "base64-padding": (1, ("base64-corrupt", "base64-line-over-76"), lambda n: encoded(b"base64", b"=" * n)),
    "uuencode-line": (1, ("uuencode-long-line", "uuencode-odd", "uuencode-without-end"),
                      lambda n: encoded(b"x-uuencode", b"begin 644 a\r\n" + b"M" * n)),
}


def arguments():
    parser = argparse.ArgumentParser(description="Time and memory of a scan of hostile messages.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--bytes", type=int, default=4000000, help="size of the smaller message (default 4,000,000)")
    parser.add_argument("--limit", type=float, default=2.3)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    options = parser.parse_args()
    for shape in options.shapes:
        if shape not in SHAPES:
            parser.error("no such shape: " + shape)
    return options


def run(imcscan, path):
    """Processor seconds of all processes of a scan, its status for the message, and the rules that fired."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # its children alone are counted in getrusage()
        done = subprocess.run([imcscan, "scan", "--jobs=1", "--progress=never", "-f", "jsonl", "--time-limit=60", path],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        message = [o for o in map(json.loads, done.stdout.splitlines()) if o["type"] == "message"][0]
        with os.fdopen(write, "w") as out:
            json.dump([used.ru_utime + used.ru_stime, message["status"],
                       sorted({f["rule"] for f in message.get("findings", [])})], out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def measure(imcscan, path, data, idle):
    with open(path, "wb") as out:
        out.write(data)
    runs = [run(imcscan, path) for _ in range(2)]
    seconds = max(min(one[0] for one in runs) - idle, 0.001)
    return {"bytes": len(data), "seconds": seconds, "status": runs[0][1], "rules": runs[0][2]}


def faults_of(name, small, large, limit):
    ratio = large["seconds"] / small["seconds"]
    growth = large["bytes"] / small["bytes"]  # numbers grow longer: a little over 2
    found = set(small["rules"]) | set(large["rules"])
    wrong = []
    if ratio > limit * growth / 2 and large["seconds"] > 0.5:
        wrong.append("time grows by %.2f" % ratio)
    if found & DEATHS:
        wrong.append("a worker died")
    if {small["status"], large["status"]} - {"examined", "partial"}:
        wrong.append("not examined")
    if not set(SHAPES[name][1]) & set(small["rules"]) & set(large["rules"]):
        wrong.append("no finding names the fault; there are: " + (" ".join(sorted(found)) or "none"))
    return wrong


def try_shape(options, name, path, idle):
    """Print the line of a shape; returns whether all is as it must be."""
    unit, expected, build = SHAPES[name]
    n = max(options.bytes // unit, 1)
    small, large = (measure(options.imcscan, path, build(count), idle) for count in (n, 2 * n))
    wrong = faults_of(name, small, large, options.limit)
    told = [rule for rule in expected if rule in large["rules"]]
    print("%-24s %8.1f %8.2f %8.2f %6.2f  %s" % (
        name, small["bytes"] / 1e6, small["seconds"], large["seconds"], large["seconds"] / small["seconds"],
        "not ok: " + "; ".join(wrong) if wrong else ", ".join(told)), flush=True)
    return not wrong


def main():
    options = arguments()
    names = options.shapes or list(SHAPES)
    with tempfile.TemporaryDirectory(prefix="imcscan-hostile-") as scratch:
        path = os.path.join(scratch, "message.eml")
        idle = measure(options.imcscan, path, TOP + BODY, 0)["seconds"]
        print("%-24s %8s %8s %8s %6s  %s" % ("shape", "MB", "s", "s (2N)", "ratio", "findings"))
        failed = sum(not try_shape(options, name, path, idle) for name in names)
    print("%d shapes, %d not as they must be" % (len(names), failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
