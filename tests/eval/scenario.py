#!/usr/bin/env python3
"""scenario.py - do the logs beside a tree lead to the culprit, and does the report say what they say?

    scenario.py --imcscan=PROGRAM --mkspool=PROGRAM [--seeds=8] [--first=1] [--count=150] [--only=NAME] [--jobs=N]
                [--quick] [--require] [--keep=DIR]

mkspool --scenario writes a tree with its logs around one message that no rule suspects, and scenario.tsv, which says
what follows from the logs. Each tree is scanned as JSON Lines, twice: with --no-evidence, to see that the culprit is
ordinary, and with the logs (those beside the tree by --evidence). Checked for each line of scenario.tsv:

  culprit   its rank is at most the one stated (0: the rank is printed, nothing is asked)
  decoy     it ranks behind the culprit, or no clue points to it without a doubt (with no clue at all, none does)
  conflict  both files are in the first three, and a clue of one of them is doubtful
  missing   an object of status "missing" has this name and a rank of at most three
  rule-out  the summary's rule_outs tell this cause, and not_in_tree is higher than without logs
  zone      the clock of a log that has local times tells this offset; with "unknown" none tells any,
            but as a guess that is called one

One line a scenario is printed, then what failed. With --require the exit status is 1 when less than all (culprit: less
than 95 % of the seeds of a scenario) holds. --quick takes two seeds and 60 messages.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402

# Words by which a rule-out is known, whatever its rule is called.
CAUSES = {
    "admin-mailbox": r"admin\w*.mailbox|X\.400",
    "imcext": r"imcext",
    "dial-up": r"dial.?up",
    "remote-answer": r"remote|DNS answer|answer of",
    "smtp-command": r"SMTP command|VRFY|XEXCH50|verb",
    "antivirus": r"anti.?virus|virus",
    "disk-full": r"disk|space",
    "permissions": r"permission|logon|account",
    "queue-file": r"queue\.dat|queue.file|queue is corrupt",
    "configuration": r"configur",
}
# Without a finding a message has this score; what no rule remarks on is not above it.
ORDINARY = -2.85


def arguments():
    parser = argparse.ArgumentParser(description="What imcscan makes of the logs beside a tree.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--first", type=int, default=1, help="first seed")
    parser.add_argument("--count", type=int, default=150, help="messages besides the culprit")
    parser.add_argument("--only", action="append", help="this scenario only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="scans at a time")
    parser.add_argument("--quick", action="store_true", help="two seeds, 60 messages")
    parser.add_argument("--require", action="store_true", help="exit status 1 when the goals are missed")
    parser.add_argument("--keep", help="leave the trees in this new folder")
    options = parser.parse_args()
    if options.quick:
        options.seeds, options.count = 2, 60
    for program in (options.imcscan, options.mkspool):
        if not os.access(program, os.X_OK):
            parser.error("%s: no such program" % program)
    return options


def scenarios(options):
    listed = subprocess.run([options.mkspool, "--list-scenarios"], stdout=subprocess.PIPE, check=True)
    names = [line.split("\t")[0] for line in listed.stdout.decode().splitlines()]
    unknown = set(options.only or []) - set(names)
    if unknown:
        sys.exit("no such scenario: " + ", ".join(sorted(unknown)))
    return [name for name in names if not options.only or name in options.only]


class Case:
    """One tree: what its logs say, and what imcscan made of it with and without them."""

    def __init__(self, options, name, seed, folder):
        self.name, self.seed = name, seed
        lab.make_tree(options.mkspool, folder, "--scenario=" + name, "--seed=%d" % seed,
                      "--count=%d" % options.count)
        with open(os.path.join(folder, "scenario.tsv"), encoding="ascii") as lines:
            self.says = [line.rstrip("\n").split("\t") for line in lines]
        tree, beside = os.path.join(folder, "Imcdata"), os.path.join(folder, "evidence")
        logs = ["--evidence=" + os.path.join(beside, log) for log in sorted(os.listdir(beside))]
        self.bare, objects = lab.scan(options.imcscan, tree, "--jobs=1", "--no-evidence")
        self.bare_summary = objects[-1]
        self.found, self.objects = lab.scan(options.imcscan, tree, "--jobs=1", *logs)
        self.summary = self.objects[-1]
        self.culprit = next((place for word, place, _ in self.says if word == "culprit"), None)
        self.rank = self.found[self.culprit]["rank"] if self.culprit else None

    def clues(self, path):
        return self.found.get(path, {}).get("clues", [])

    def top(self, path, rank):
        return path in self.found and self.found[path]["rank"] <= rank

    def ordinary(self):
        """The culprit gives nothing away by its bytes."""
        return not self.culprit or self.bare[self.culprit].get("score", 0) <= ORDINARY

    def doubtful(self, path):
        return all(clue.get("doubtful") for clue in self.clues(path))

    def holds(self, word, place, value):
        """Whether the report says what the line of scenario.tsv asks for; None: nothing is asked."""
        if word == "culprit":
            return self.top(place, int(value)) if int(value) else None
        if word == "decoy":
            return self.doubtful(place) or self.found[place]["rank"] > self.rank
        if word == "conflict":
            return (self.top(place, 3) and self.top(value, 3)
                    and any(clue.get("doubtful") for path in (place, value) for clue in self.clues(path)))
        if word == "missing":
            return any(m["status"] == "missing" and m["rank"] <= int(value) and place in m["path"].upper()
                       for m in self.found.values())
        if word == "rule-out":
            return (any(re.search(CAUSES[value], " ".join(map(str, clue.values())), re.I)
                        for clue in self.summary.get("rule_outs", []))
                    and self.summary["not_in_tree"] > self.bare_summary["not_in_tree"])
        if word == "zone":
            return self.zone(value)
        return None

    def zone(self, offset):
        clocks = [o.get("clock", "") for o in self.objects if o["type"] == "artefact"]
        if offset == "unknown":
            return not any(re.search(r"UTC ?[-+]\d", clock) and "guess" not in clock for clock in clocks)
        return any(re.search(r"UTC ?" + re.escape(offset) + r"(?![\d:])", clock) for clock in clocks)


def play(options, scratch, name, seed):
    folder = os.path.join(scratch, "%s-%d" % (name, seed))
    os.mkdir(folder)
    try:
        case = Case(options, name, seed, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    failed = [] if case.ordinary() else ["the culprit is suspected by its bytes"]
    asked = held = 0
    for word, place, value in case.says:
        truth = case.holds(word, place, value)
        if truth is None:
            continue
        asked, held = asked + 1, held + truth
        if not truth:
            failed.append("%s %s %s" % (word, place, value))
    return {"name": name, "seed": seed, "rank": case.rank, "asked": asked, "held": held, "failed": failed,
            "ordinary": case.ordinary(), "raised": case.summary["not_in_tree"] - case.bare_summary["not_in_tree"],
            "culprit_missed": any(f.startswith("culprit") for f in failed),
            "other_missed": any(not f.startswith("culprit") for f in failed)}


def print_scenario(name, rows):
    """One line; returns whether the scenario meets its goal."""
    ranks = [row["rank"] for row in rows if row["rank"]]
    missed = sum(row["culprit_missed"] for row in rows)
    met = missed <= 0.05 * len(rows) and not any(row["other_missed"] for row in rows)
    line = "%-26s %3d trees  %s" % (name, len(rows), "met   " if met else "missed")
    line += "  held %3d of %3d" % (sum(row["held"] for row in rows), sum(row["asked"] for row in rows))
    if ranks:
        line += "  culprit first %s, in three %s, mean rank %.1f" % (
            lab.share(ranks.count(1), len(ranks)), lab.share(sum(r <= 3 for r in ranks), len(ranks)),
            sum(ranks) / len(ranks))
    else:
        line += "  not in tree %+.3f" % (sum(row["raised"] for row in rows) / len(rows))
    print(line)
    return met


def main():
    options = arguments()
    names = scenarios(options)
    scratch = options.keep or tempfile.mkdtemp(prefix="imcscan-scenario-")
    if options.keep:
        os.mkdir(scratch)
    work = [(name, seed) for name in names for seed in range(options.first, options.first + options.seeds)]
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda one: play(options, scratch, *one), work))
    finally:
        if not options.keep:
            shutil.rmtree(scratch, ignore_errors=True)
    unmet = [name for name in names if not print_scenario(name, [r for r in results if r["name"] == name])]
    for row in results:
        for failure in row["failed"]:
            print("  %s, seed %d: %s" % (row["name"], row["seed"], failure))
    print("%d of %d scenarios met" % (len(names) - len(unmet), len(names)))
    if options.require and unmet:
        sys.exit(1)


if __name__ == "__main__":
    main()
