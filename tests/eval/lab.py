"""lab.py - what eval.py and rates.py share: making trees with mkspool, scanning them, reading the key.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import json
import os
import subprocess
import sys

LEVELS = ["critical", "high", "medium", "unknown", "low", "clean"]


def make_tree(mkspool, out, *options):
    """Run mkspool; returns the key, a list of dicts (path kind name variant cites)."""
    done = subprocess.run([mkspool, *options, "--out=" + out], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("mkspool failed: " + done.stderr.decode("utf-8", "replace").strip())
    return read_key(os.path.join(out, "truth.tsv"))


def read_key(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        names = next(lines).rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in lines]


def scan(imcscan, tree, *options):
    """Scan a tree; returns {path: message object} and the list of objects."""
    command = [imcscan, "scan", "-f", "jsonl", "--progress=never", *options, tree]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1, 3):
        sys.exit("%s: exit status %d: %s" % (" ".join(command), done.returncode,
                                            done.stderr.decode("utf-8", "replace").strip()))
    objects = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return {o["path"]: o for o in objects if o["type"] == "message"}, objects


def cites_of(message):
    """Every documented cause that the findings of a message name."""
    return {cite for finding in message.get("findings", []) for cite in finding.get("cites", [])}


def rules_of(message):
    return {finding["rule"] for finding in message.get("findings", [])}


def share(k, n):
    return "%5.1f %%" % (100.0 * k / n) if n else "      -"
