#!/usr/bin/env python3
# million.py - does a tree of a million messages take the memory, and each file the time, that one of 10,000 takes.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The messages are those of mkspool that are small, 3.4 KB in the mean, each with a Message-ID and a body of its own.
# It takes 5 GB of disk and some minutes. Time is that of the processors, one worker, medians of three for the small
# tree; on a machine with nothing else to do.
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from peak import peak

MEAN = 3400
SMALL = 10000
LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def templates(mkspool, folder):
    """Small messages of mkspool: folder, bytes, and where to write a Message-ID and words of their own."""
    subprocess.run([mkspool, "--seed=9", "--count=3000", "--mean-size=1", "--main-folders", "--out=" + folder],
                   check=True, stdout=subprocess.DEVNULL)
    found = []
    for where in ("In", "Out"):
        path = os.path.join(folder, "Imcdata", where)
        for one in sorted(os.scandir(path), key=lambda one: one.name):
            if one.is_file():
                with open(one.path, "rb") as file:
                    found.append((where, file.read()))
    found.sort(key=lambda one: (len(one[1]), one))
    total, kept = 0, []
    for where, data in found:
        if len(data) < 300:
            continue
        total += len(data)
        if total > MEAN * (len(kept) + 1):
            break
        id_at = re.search(rb"Message-ID: <([0-9A-Za-z.]{8})", data, re.I)
        words = [m.start() for m in re.finditer(rb"[a-z]{4} [a-z]{4}", data) if m.start() > data.find(b"\r\n\r\n")]
        kept.append((where, data, id_at.start(1) if id_at else None, words[-1] if words else None))
    return kept


def digits(number, base, count):
    out = []
    for _ in range(count):
        out.append(number % base)
        number //= base
    return out


def plant(kept, out, count):
    for where in ("In", "Out"):
        os.makedirs(os.path.join(out, "Imcdata", where))
    for i in range(count):
        where, data, id_at, words_at = kept[i * 7919 % len(kept)]
        name = bytes(LETTERS[d] for d in digits((i * 2654435761 + 12345) % 36 ** 7, 36, 7)) + LETTERS[10 + i % 26:11 + i % 26]
        data = bytearray(data)
        if id_at is not None:
            data[id_at:id_at + 8] = name
        if words_at is not None:
            for k, digit in zip((0, 1, 2, 3, 5, 6, 7, 8), digits(i, 16, 8)):
                data[words_at + k] = ord("a") + digit
        with open(os.path.join(out, "Imcdata", where, name.decode()), "xb") as file:
            file.write(data)


def scan(imcscan, tree, count):
    status, parent, worker, seconds = peak([imcscan, "scan", "--jobs=1", "--progress=never", "-f", "jsonl", tree],
                                           stdout=subprocess.DEVNULL)
    if status not in (0, 1):
        sys.exit(f"million.py: the scan of {tree} ended with {status}")
    print(f"{count:9} files: {1e6 * seconds / count:6.1f} us of CPU a file, parent {parent / 1000:5.1f} MB, "
          f"worker {worker / 1000:5.1f} MB", flush=True)
    return seconds / count, parent, worker


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--imcscan", default="build/imcscan")
    options.add_argument("--mkspool", default="build/mkspool")
    options.add_argument("--messages", type=int, default=1000000)
    options = options.parse_args()
    work = tempfile.mkdtemp(prefix="imcscan-million.")
    try:
        kept = templates(options.mkspool, os.path.join(work, "small"))
        plant(kept, os.path.join(work, "few"), SMALL)
        plant(kept, os.path.join(work, "many"), options.messages)
        few = statistics.median(scan(options.imcscan, os.path.join(work, "few"), SMALL)[0] for _ in range(3))
        each, parent, worker = scan(options.imcscan, os.path.join(work, "many"), options.messages)
        print(f"a file of {options.messages} takes {each / few:.2f} times the time of one of {SMALL}")
        missed = [text for text, bad in (("time of a file over 1.10 times", each > 1.10 * few),
                                         ("parent over 128 MB", parent > 128000),
                                         ("worker over 64 MB", worker > 64000)) if bad]
        for text in missed:
            print("missed: " + text)
        sys.exit(1 if missed else 0)
    finally:
        shutil.rmtree(work)


main()
