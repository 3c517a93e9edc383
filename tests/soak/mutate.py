"""mutate.py - seeds of a soak, and one damaged copy of them after the other. Equal seeds give equal copies.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import os
import random

SECTOR = 512
MOST = 32768  # bytes of a seed: many small files say more than few large ones
TOKENS = (b"\0", b"\r\n", b"\n", b"\r", b".\r\n", b"--", b'"', b"(", b")", b"<", b">", b"=", b"=?", b"?=", b";", b":", b",",
          b"\r\n\r\n", b"EwLs", b"ImCr", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\x7f", b"\x80", b"\x1b$B", b"begin 644 a\r\n",
          b"Content-Type: multipart/mixed; boundary=\r\n", b"Content-Transfer-Encoding: base64\r\n", b"charset=\"\"", b"(" * 300,
          b"<" * 300, b"a@" * 200, b"A" * 1200, b"\x78\x9f\x3e\x22")


def read_seeds(folders):
    """The bytes of all files below the folders that are no larger than MOST."""
    seeds = []
    for folder in folders:
        for where, below, names in os.walk(folder):
            below.sort()
            for name in sorted(names):
                path = os.path.join(where, name)
                if os.path.isfile(path) and 0 < os.path.getsize(path) <= MOST:
                    with open(path, "rb") as file:
                        seeds.append(file.read())
    return seeds


def flip_bits(rng, data, _):
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def splice(rng, data, seeds):
    other = rng.choice(seeds)
    return data[:rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1):]


def splice_sectors(rng, data, seeds):
    other = rng.choice(seeds)
    at = SECTOR * rng.randrange(len(data) // SECTOR + 1)
    return data[:at] + other[at:at + SECTOR * rng.choice((1, 2, 8))] + data[at + SECTOR:]


def truncate(rng, data, _):
    return data[:rng.randrange(len(data) + 1)]


def nul_tail(rng, data, _):
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes(len(data) - at)


def swap_blocks(rng, data, _):
    size = rng.choice((1, 16, 64, SECTOR))
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    if a + size > b:
        return data
    return data[:a] + data[b:b + size] + data[a + size:b] + data[a:a + size] + data[b + size:]


def repeat_block(rng, data, _):
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at:at + rng.choice((1, 8, 80, 400))] * rng.choice((2, 10, 50)) + data[at:]


def drop_block(rng, data, _):
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 2, 16, 200)):]


def put_token(rng, data, _):
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) + data[at + rng.choice((0, 0, 1, 4)):]


STEPS = (flip_bits, flip_bits, splice, splice_sectors, truncate, nul_tail, swap_blocks, swap_blocks, repeat_block, drop_block,
         put_token, put_token, put_token)


class Mutator:
    """An endless row of damaged files."""

    def __init__(self, seeds, seed):
        self.seeds = seeds
        self.rng = random.Random(seed)

    def next(self):
        rng = self.rng
        data = rng.choice(self.seeds)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            if not data:
                break
            data = rng.choice(STEPS)(rng, data, self.seeds)[:2 * MOST]
        return data
