#!/usr/bin/env python3
"""plan.py - how many starts until all mail but the bad flows, as imcscan plan leads to it.

    plan.py --imcscan=PROGRAM --mkspool=PROGRAM [--mail=DIR] [--variants=10] [--quick] [--only=NAME] [--goal=flow]
            [--count=500] [--seed=1] [--jobs=N] [--tsv=FILE] [--require]

Every variant of every documented trigger is put alone among the background messages (500, of which 5 % are odd but
harmless; with --mail real ones), the tree is scanned into a case, and a pretended administrator does what
`imcscan plan CASE -f json` says, with nothing else to go by: has the files of "return" in place, starts the connector,
and records --stable or --stopped, until "action" is "done". The pretended connector stops when the culprit is in place,
and delivers all that is in place when it does not.

Counted are the starts until every good message is delivered, until 99 % are, and until the plan is done; and whether
what the plan holds in the end is the culprit. With --require the exit status is 1 when the median of the first is over
one, when a run ends with the wrong file, or when a run takes more starts than the worst case that the plan stated.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402
from eval import choose, copy_linked, make_background  # noqa: E402

LIMIT = 60  # starts, after which a run is given up


def arguments():
    parser = argparse.ArgumentParser(description="Starts that imcscan's restart plan takes on generated trees.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--mail", help="folder of real mail for the background")
    parser.add_argument("--variants", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="three variants of each")
    parser.add_argument("--only", action="append", help="this trigger only")
    parser.add_argument("--goal", default="flow", choices=["flow", "isolate"])
    parser.add_argument("--count", type=int, default=500, help="background messages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time")
    parser.add_argument("--tsv", help="write one line a run to this file")
    parser.add_argument("--require", action="store_true", help="exit status 1 when the goals are missed")
    options = parser.parse_args()
    for program in (options.imcscan, options.mkspool):
        if not os.access(program, os.X_OK):
            parser.error("%s: no such program" % program)
    return options


def call(options, *words):
    done = subprocess.run([options.imcscan, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1, 3):
        sys.exit("%s: exit status %d: %s" % (" ".join(words), done.returncode,
                                            done.stderr.decode("utf-8", "replace").strip()))
    return done.stdout


def plan(options, case, *words):
    return json.loads(call(options, "plan", case, "--goal=" + options.goal, "-f", "json", *words))


class Run:
    """One administrator with one case."""

    def __init__(self, options, case, culprit):
        step = plan(options, case)
        self.worst = step["worst_case"]
        self.expected = step["expected_restarts"]
        queued = set(step["return"]) | set(step["hold"])
        good = queued - {culprit}
        self.known = culprit in queued
        delivered, self.starts = set(), 0
        self.all_flow = self.most_flow = None
        while step["action"] == "restart" and self.starts < LIMIT:
            placed = set(step["return"])
            if placed & delivered:
                sys.exit("%s: the plan returns what was delivered" % case)
            self.starts += 1
            if culprit in placed:
                outcome = "--stopped"
            else:
                outcome = "--stable"
                delivered |= placed
            left = len(good - delivered)
            if self.most_flow is None and left <= 0.01 * len(good):
                self.most_flow = self.starts
            if self.all_flow is None and not left:
                self.all_flow = self.starts
            call(options, "plan", case, "--goal=" + options.goal, outcome)
            step = plan(options, case)
        self.right = step["action"] == "done" and set(step["hold"]) <= {culprit}


def play(options, trees, culprits, row):
    tree = trees.get()
    case = tree + ".case"
    try:
        place = os.path.join(tree, "Imcdata", row["path"])
        os.link(os.path.join(culprits, "Imcdata", row["path"]), place)
        try:
            call(options, "scan", "--progress=never", "--jobs=1", "--case=" + case, os.path.join(tree, "Imcdata"))
            run = Run(options, case, row["path"])
        finally:
            os.unlink(place)
            for left in (case, case + "-wal", case + "-shm"):
                if os.path.exists(left):
                    os.unlink(left)
    finally:
        trees.put(tree)
    return row, run


def run_all(options, scratch, rows):
    trees = queue.Queue()
    for i in range(options.jobs):
        tree = os.path.join(scratch, "tree%d" % i)
        copy_linked(os.path.join(scratch, "background"), tree)
        trees.put(tree)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        return list(pool.map(lambda row: play(options, trees, os.path.join(scratch, "culprits"), row), rows))


def worth(value):
    return LIMIT if value is None else value


def print_names(results):
    print("%-28s %4s  %10s  %10s  %6s" % ("trigger", "n", "all flows", "99 % flow", "right"))
    for name in dict.fromkeys(row["name"] for row, _ in results):
        runs = [run for row, run in results if row["name"] == name]
        print("%-28s %4d  %10.1f  %10.1f  %6d" % (
            name, len(runs), statistics.median(worth(r.all_flow) for r in runs),
            statistics.median(worth(r.most_flow) for r in runs), sum(r.right for r in runs)))


def print_all(results):
    runs = [run for _, run in results]
    for name, values in (("all mail but the bad flows", [worth(r.all_flow) for r in runs]),
                         ("99 % of it flows", [worth(r.most_flow) for r in runs]),
                         ("the plan is done", [r.starts for r in runs])):
        print("starts until %-28s median %4.1f  mean %5.2f  most %d" % (
            name, statistics.median(values), statistics.mean(values), max(values)))
    print("expected by the plan at its first step: mean %.2f" % statistics.mean(r.expected for r in runs))
    print("ended with the culprit alone: %d of %d" % (sum(r.right for r in runs), len(runs)))
    return statistics.median(worth(r.all_flow) for r in runs)


def main():
    options = arguments()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="imcscan-plan-") as scratch:
        make_background(options, os.path.join(scratch, "background"))
        culprits = lab.make_tree(options.mkspool, os.path.join(scratch, "culprits"), "--seed=%d" % (options.seed + 1),
                                 "--count=0", "--trigger=all:all")
        results = run_all(options, scratch, choose(options, culprits))
    print_names(results)
    median = print_all(results)
    wrong = [(row, run) for row, run in results if not run.right or run.starts > run.worst]
    for row, run in wrong:
        print("  %s:%s: %d starts of at most %d, %s" % (row["name"], row["variant"], run.starts, run.worst,
                                                        "right" if run.right else "wrong file held"))
    if options.tsv:
        with open(options.tsv, "w", encoding="utf-8") as out:
            print("name\tvariant\tall\tmost\tdone\tworst\tright", file=out)
            for row, run in results:
                print("\t".join(map(str, (row["name"], row["variant"], run.all_flow, run.most_flow, run.starts,
                                          run.worst, run.right))), file=out)
    print("%.0f s" % (time.monotonic() - started))
    if options.require and (median > 1 or wrong):
        sys.exit(1)


if __name__ == "__main__":
    main()
