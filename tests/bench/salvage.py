#!/usr/bin/env python3
"""salvage.py - what `imcscan salvage` makes of messages that cost too much, at a size and at twice that size.

    salvage.py [--imcscan=PROGRAM] [--bytes=N] [--limit=RATIO] [SHAPE...]

The shapes are those of hostile.py, and bombs of the formats that are unpacked. Printed are processor time of both
sizes, their ratio, the size of the new mail in times of the old, and what became of it. It fails when no mail was
made, when a mail is over four times the old one and 1 MiB, or when time grows by more than the limit (below half a
second it is noise).

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import base64
import json
import os
import resource
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import hostile  # noqa: E402

FACTOR, CONSTANT = 4, 1 << 20  # of include/salvage.h
BANNER = b"(This file must be converted with BinHex 4.0)\r\n\r\n"
ALPHABET = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"


def binhex(raw):
    """The symbols of bytes whose runs are coded already."""
    bits = int.from_bytes(raw + bytes(-len(raw) % 3), "big")
    n = (len(raw) + 2) // 3 * 4
    if len(raw) > 3000:
        return b"".join(binhex(raw[at:at + 3000]) for at in range(0, len(raw), 3000))
    return bytes(ALPHABET[bits >> 6 * (n - 1 - i) & 63] for i in range(n))


def crc(data):
    value = 0
    for byte in data + b"\0\0":
        for bit in range(7, -1, -1):
            value = (value << 1 | byte >> bit & 1) ^ (0x1021 if value & 0x8000 else 0)
            value &= 0xffff
    return struct.pack(">H", value)


def binhex_bomb(n):
    head = b"\x04bomb\0TEXTTEXT\0\0" + struct.pack(">II", n * 255, 0)
    packed = head + crc(head) + b"a" + b"\x90\xff" * n
    return hostile.TOP + b"\r\n" + BANNER + b":" + binhex(packed) + b":\r\n"


def tnef(properties):
    data = struct.pack("<I", len(properties)) + b"".join(properties)
    attribute = struct.pack("<BII", 1, 0x00069003, len(data)) + data + struct.pack("<H", sum(data) & 0xffff)
    stream = struct.pack("<IH", 0x223e9f78, 1) + attribute
    return hostile.encoded(b"base64", base64.encodebytes(stream).replace(b"\n", b"\r\n"), b"application/ms-tnef")


def rtf_bomb(n):
    runs = (b"\xff" + b"\x00\x0f" * 8) * (n // 17 + 1)
    value = struct.pack("<IIII", len(runs) + 12, len(runs) * 9, 0x75465a4c, 0) + runs
    return tnef([struct.pack("<III", 0x10090102, 1, len(value)) + value + bytes(-len(value) % 4)])


def many_properties(n):
    return tnef([struct.pack("<III", 0x3701001e, 1, 0)] * (n // 12))


def uu_blocks(n):
    return hostile.TOP + b"\r\n" + b"begin 644 a\r\n#0V%T\r\n`\r\nend\r\n" * (n // 29)


def uu_lies(n):
    return hostile.TOP + b"\r\nbegin 644 a\r\n" + b"M!!!!\r\n" * (n // 7)


def banners(n):
    return hostile.TOP + b"\r\n" + (BANNER + b":!!!!\r\n") * (n // 58)


def recipients(n):
    return hostile.to(b", ".join(b"a%d@b.example" % i for i in range(n // 16)))


def bad_text(n):
    return hostile.encoded(b"8bit", (b"ten bytes!\xff" * 6 + b"\r\n") * (n // 68), b"text/plain; charset=utf-8")


BOMBS = {"binhex-bomb": lambda n: binhex_bomb(n // 3), "rtf-bomb": rtf_bomb, "tnef-properties": many_properties,
         "uuencode-blocks": uu_blocks, "uuencode-lies": uu_lies, "binhex-banners": banners,
         "recipients": recipients, "text-with-bad-bytes": bad_text}


def run(imcscan, path, out):
    """Processor seconds of all processes, exit status, and what was said."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # its children alone are counted in getrusage()
        done = subprocess.run([imcscan, "salvage", "--time-limit=60", path, "--out=" + out],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        with os.fdopen(write, "w") as answer:
            json.dump([used.ru_utime + used.ru_stime, done.returncode, done.stderr.decode("utf-8", "replace")], answer)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def measure(imcscan, data):
    with tempfile.TemporaryDirectory(prefix="imcscan-salvage-") as scratch:
        path, out = os.path.join(scratch, "message.eml"), os.path.join(scratch, "out")
        with open(path, "wb") as file:
            file.write(data)
        seconds, status, said = run(imcscan, path, out)
        made = os.path.join(out, "0001.eml")
        size = os.path.getsize(made) if os.path.exists(made) else 0
        outcome = "none"
        if size:
            with open(os.path.join(out, "0001.json"), encoding="ascii") as file:
                outcome = json.load(file)["outcome"]
    return {"old": len(data), "new": size, "seconds": seconds, "status": status, "said": said, "outcome": outcome}


def try_shape(options, name, build):
    small, large = (measure(options.imcscan, build(n)) for n in (options.bytes, 2 * options.bytes))
    wrong = []
    if small["status"] or large["status"]:
        wrong.append("exit status %d: %s" % (large["status"], large["said"].strip()[-120:]))
    if any(one["new"] > FACTOR * one["old"] + CONSTANT for one in (small, large)):
        wrong.append("too large")
    if large["seconds"] / small["seconds"] > options.limit * large["old"] / small["old"] / 2 and large["seconds"] > 0.5:
        wrong.append("time grows")
    print("%-24s %7.1f %7.2f %7.2f %6.2f %6.2f  %s" % (
        name, small["old"] / 1e6, small["seconds"], large["seconds"], large["seconds"] / small["seconds"],
        large["new"] / large["old"], "not ok: " + "; ".join(wrong) if wrong else large["outcome"]), flush=True)
    return not wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--bytes", type=int, default=2000000)
    parser.add_argument("--limit", type=float, default=2.3)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    options = parser.parse_args()
    shapes = {name: (lambda n, unit=row[0], build=row[2]: build(max(n // unit, 1)))
              for name, row in hostile.SHAPES.items()}
    shapes.update(BOMBS)
    print("%-24s %7s %7s %7s %6s %6s  %s" % ("shape", "MB", "s", "s (2N)", "ratio", "size", "outcome"))
    failed = sum(not try_shape(options, name, shapes[name]) for name in options.shapes or shapes)
    print("%d shapes, %d not as they must be" % (len(options.shapes or shapes), failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
