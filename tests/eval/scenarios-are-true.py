#!/usr/bin/env python3
"""scenarios-are-true.py - the logs of mkspool's scenarios say what scenario.tsv claims, by a reading of our own.

No reader of imcscan has part in it: names are looked for as bytes (ASCII and UTF-16LE), the raw stack is put together
from its hex pairs and held against every file. And the culprit is ordinary: Python's email package finds no defect.
Reads MKSPOOL from the environment (default build/mkspool); prints "ok - " and "not ok - ".

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import importlib
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402

key_is_true = importlib.import_module("key-is-true")
SEEDS = (1, 2, 3)
# The culprit is told by its people or its bytes, not by name.
NAMELESS = ("smtp-log", "zone-")
failed = False


def claim(true, words, *details):
    global failed
    print(("ok - " if true else "not ok - ") + words)
    for detail in details if not true else ():
        print("    %s" % detail)
    failed = failed or not true


def read(path):
    with open(path, "rb") as file:
        return file.read()


def holds(log, text):
    return text.encode() in log or text.encode("utf-16-le") in log


class Scenario:
    def __init__(self, mkspool, name, seed, folder):
        key = lab.make_tree(mkspool, folder, "--scenario=" + name, "--seed=%d" % seed, "--count=20")
        self.label, self.name = "%s, seed %d" % (name, seed), name
        with open(os.path.join(folder, "scenario.tsv"), encoding="ascii") as lines:
            self.says = [line.rstrip("\n").split("\t") for line in lines]
        self.files = {row["path"]: key_is_true.Spooled(os.path.join(folder, "Imcdata", row["path"])) for row in key}
        self.rows = {row["path"]: row for row in key}
        self.logs = {kind: read(os.path.join(folder, path)) for word, path, kind in self.says if word == "log"}
        self.culprits = [place for word, place, _ in self.says if word == "culprit"]

    def named(self, path):
        return any(holds(log, os.path.basename(path)) for log in self.logs.values())

    def stack_runs(self):
        """Printable runs of 12 bytes and more of the raw stack."""
        text = self.logs["drwatson"].replace(b"\0", b"").decode("latin-1")
        rows = re.findall(r"(?m)^[0-9a-f]{8}  ((?:[0-9a-f]{2} ){8}- (?:[0-9a-f]{2} ){8})", text)
        stack = bytes.fromhex("".join(rows).replace("-", " "))
        return set(re.findall(rb"[ -~\r\n]{12,}", stack))


def ordinary(scenario):
    return [scenario.label for path in scenario.culprits
            if scenario.rows[path]["kind"] != "clean"
            or key_is_true.clean_defects(scenario.files[path], scenario.rows[path])]


def told(scenario):
    """What scenario.tsv says of files and the logs do not bear out."""
    wrong = []
    for word, place, _ in scenario.says:
        if word == "culprit" and "stack-dump" not in scenario.name:
            nameless = scenario.name.startswith(NAMELESS)
            if scenario.named(place) == nameless:
                wrong.append("%s: %s is %snamed" % (scenario.label, place, "" if nameless else "not "))
        if word in ("decoy", "conflict") and not scenario.name.startswith("zone-") and not scenario.named(place):
            wrong.append("%s: %s is not named" % (scenario.label, place))
        if word in ("culprit", "decoy") and place not in scenario.files:
            wrong.append("%s: %s is not in the tree" % (scenario.label, place))
        if word == "missing" and (not scenario.named(place) or any(place in path for path in scenario.files)):
            wrong.append("%s: %s is in the tree or not named" % (scenario.label, place))
    return wrong


def bytes_on_stack(scenario):
    """Some run of the stack is in the culprit and nowhere else."""
    for run in scenario.stack_runs():
        owners = [path for path, file in scenario.files.items() if run in file.whole]
        if owners == scenario.culprits:
            return True
    return False


def people_in_dialog(scenario):
    envelope = scenario.files[scenario.culprits[0]].paths
    return all(holds(scenario.logs["smtp"], "<%s>" % path.decode()) for path in envelope)


def main():
    mkspool = os.environ.get("MKSPOOL", "build/mkspool")
    if not os.access(mkspool, os.X_OK):
        sys.exit("%s: no such program (set MKSPOOL)" % mkspool)
    listed = subprocess.run([mkspool, "--list-scenarios"], stdout=subprocess.PIPE, check=True).stdout.decode()
    with tempfile.TemporaryDirectory(prefix="imcscan-scenarios-") as scratch:
        made = [Scenario(mkspool, name, seed, os.path.join(scratch, "%s-%d" % (name, seed)))
                for name in (line.split("\t")[0] for line in listed.splitlines()) for seed in SEEDS]
    claim(len(made) >= 25 * len(SEEDS), "there are 25 scenarios or more")
    bad = [label for scenario in made for label in ordinary(scenario)]
    claim(not bad, "every culprit is a message in which another parser sees no defect", *bad)
    bad = [line for scenario in made for line in told(scenario)]
    claim(not bad, "logs name what scenario.tsv says that they name, and nothing tells of it otherwise", *bad)
    bad = [s.label for s in made if "drwatson" in s.logs and s.culprits and not bytes_on_stack(s)]
    claim(not bad, "the raw stack holds 12 bytes or more of the culprit and of no other file", *bad)
    bad = [s.label for s in made if "smtp" in s.logs and s.culprits and s.name != "zone-unknown"
           and not people_in_dialog(s)]
    claim(not bad, "the dialog has every address of the culprit's envelope", *bad)
    bad = [s.label for s in made if s.name.startswith("rule-out-") and s.culprits]
    claim(not bad, "a rule-out has no culprit", *bad)
    sys.exit(failed)


if __name__ == "__main__":
    main()
