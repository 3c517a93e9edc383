#!/usr/bin/env python3
"""eval.py - does imcscan find the culprit? Recall, rank and false alarms on generated trees.

    eval.py --imcscan=PROGRAM --mkspool=PROGRAM [--mail=DIR] [--variants=10] [--quick] [--only=NAME]
            [--count=500] [--seed=1] [--jobs=N] [--tsv=FILE] [--require]

Every variant of every trigger and damage of mkspool is put alone among the background messages (500, of which 5 % are
odd but harmless), the tree is scanned, and the culprit's rank, level and cited causes are read from the JSON Lines.
The background is made once; the culprit is linked into it for the time of one scan. With --mail the background is
real mail below DIR, wrapped by mkspool. A variant counts as found when its rank is 3 or better, its level critical or
high, and one of its documented causes is cited (damage has no documented cause to cite).

The figures are printed and the exit status is 0; with --require it is 1 when fewer than 95 % of the variants of some
trigger or damage are found, when over 0.5 % of the background is medium or above, or when any of it is critical.
--quick takes three variants of each. --only (repeatable) takes one trigger or damage; --tsv writes one line a scan.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import os
import queue
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description="Recall and false alarms of imcscan on generated trees.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--mail", help="folder of real mail for the background")
    parser.add_argument("--variants", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="three variants of each")
    parser.add_argument("--only", action="append", help="this trigger or damage only")
    parser.add_argument("--count", type=int, default=500, help="background messages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="scans at a time")
    parser.add_argument("--tsv", help="write one line a scan to this file")
    parser.add_argument("--require", action="store_true", help="exit status 1 when the goals are missed")
    options = parser.parse_args()
    for program in (options.imcscan, options.mkspool):
        if not os.access(program, os.X_OK):
            parser.error("%s: no such program" % program)
    return options


def make_background(options, folder):
    wanted = ["--seed=%d" % options.seed, "--count=%d" % options.count, "--odd=5"]
    if options.mail:
        wanted.append("--background=" + options.mail)
    return lab.make_tree(options.mkspool, folder, *wanted)


def choose(options, key):
    """The first variants of each kind; --quick spreads its three over those wanted."""
    wanted = {1, options.variants // 2 + 1, options.variants} if options.quick else range(1, options.variants + 1)
    rows = [r for r in key if r["kind"] in ("trigger", "damage") and int(r["variant"]) in wanted]
    if options.only:
        rows = [r for r in rows if r["name"] in options.only]
    if not rows:
        sys.exit("no such trigger or damage: " + ", ".join(options.only or []))
    return rows


def copy_linked(source, target):
    """A copy of a tree whose files are hard links, so that a second one costs nothing."""
    shutil.copytree(source, target, copy_function=os.link)


def judge(options, trees, culprits, row):
    """Scan with one culprit added; returns the row with what was found."""
    tree = trees.get()
    try:
        place = os.path.join(tree, "Imcdata", row["path"])
        os.link(os.path.join(culprits, "Imcdata", row["path"]), place)
        try:
            found, _ = lab.scan(options.imcscan, os.path.join(tree, "Imcdata"), "--jobs=1")
        finally:
            os.unlink(place)
    finally:
        trees.put(tree)
    message = found.get(row["path"])
    if message is None:
        sys.exit("%s: the scan does not report it" % row["path"])
    expected = set() if row["cites"] == "-" else set(row["cites"].split())
    cited = lab.cites_of(message)
    first = min(found.values(), key=lambda m: m["rank"])
    result = dict(row, rank=message["rank"], level=message["level"], score=message.get("score"),
                  cited=not expected or bool(expected & cited), cited_all=expected <= cited,
                  rules=",".join(sorted(lab.rules_of(message))), first=first["path"])
    result["found"] = result["rank"] <= 3 and result["level"] in ("critical", "high") and result["cited"]
    return result


def run_all(options, scratch, rows):
    trees = queue.Queue()
    for i in range(options.jobs):
        tree = os.path.join(scratch, "tree%d" % i)
        copy_linked(os.path.join(scratch, "background"), tree)
        trees.put(tree)
    culprits = os.path.join(scratch, "culprits")
    results = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for result in pool.map(lambda row: judge(options, trees, culprits, row), rows):
            results.append(result)
            if sys.stderr.isatty():
                print("\r%d of %d scans" % (len(results), len(rows)), end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    return results


def print_kinds(results):
    """One line a trigger or damage; returns the names that miss the goal."""
    missed = []
    print("%-28s %4s  %8s  %8s  %8s  %8s  %9s" % ("trigger or damage", "n", "rank<=3", "high up", "cited", "found",
                                                  "mean rank"))
    for name in dict.fromkeys(r["name"] for r in results):
        rows = [r for r in results if r["name"] == name]
        n = len(rows)
        found = sum(r["found"] for r in rows)
        cited = lab.share(sum(r["cited"] for r in rows), n) if rows[0]["cites"] != "-" else "-"
        print("%-28s %4d  %8s  %8s  %8s  %8s  %9.2f" % (
            name, n, lab.share(sum(r["rank"] <= 3 for r in rows), n),
            lab.share(sum(r["level"] in ("critical", "high") for r in rows), n), cited, lab.share(found, n),
            sum(r["rank"] for r in rows) / n))
        if found < 0.95 * n:
            missed.append(name)
    return missed


def print_recall(results):
    n = len(results)
    print("\n%d scans, one culprit each" % n)
    for m in (1, 3, 5, 10):
        print("  recall at %-2d   %s" % (m, lab.share(sum(r["rank"] <= m for r in results), n)))
    print("  mean rank      %7.2f" % (sum(r["rank"] for r in results) / n))
    print("  found          %s   (rank 3 or better, critical or high, cause cited)" % lab.share(
        sum(r["found"] for r in results), n))


def print_background(key, found):
    """Levels of the background when there is no culprit; returns counts of medium or above, and of critical."""
    print("\nbackground without a culprit, share at each level")
    print("  %-7s %5s  %s" % ("kind", "n", "  ".join("%8s" % level for level in lab.LEVELS)))
    for kind in dict.fromkeys(r["kind"] for r in key):
        levels = [found[r["path"]]["level"] for r in key if r["kind"] == kind]
        print("  %-7s %5d  %s" % (kind, len(levels), "  ".join("%8s" % lab.share(levels.count(level), len(levels))
                                                               for level in lab.LEVELS)))
    loud = [r for r in key if found[r["path"]]["level"] in ("critical", "high", "medium")]
    for row in loud:
        message = found[row["path"]]
        print("  false alarm: %s (%s %s) %s, %s" % (row["path"], row["kind"], row["name"], message["level"],
                                                   ", ".join(sorted(lab.rules_of(message)))))
    return len(loud), sum(found[r["path"]]["level"] == "critical" for r in loud)


def write_tsv(path, results):
    names = ["kind", "name", "variant", "rank", "level", "score", "cited", "cited_all", "found", "path", "first", "rules"]
    with open(path, "w", encoding="utf-8") as out:
        print("\t".join(names), file=out)
        for result in results:
            print("\t".join(str(result[name]) for name in names), file=out)


def print_misses(results):
    misses = [r for r in results if not r["found"]]
    if misses:
        print("\nnot found (variant, rank, level, cited, rules)")
    for r in misses:
        print("  %s:%s  %d  %s  %s  %s" % (r["name"], r["variant"], r["rank"], r["level"],
                                          "cited" if r["cited"] else "not cited", r["rules"] or "-"))


def main():
    options = arguments()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="imcscan-eval-") as scratch:
        key = make_background(options, os.path.join(scratch, "background"))
        culprits = lab.make_tree(options.mkspool, os.path.join(scratch, "culprits"), "--seed=%d" % (options.seed + 1),
                                 "--count=0", "--trigger=all:all", "--damage=all:all")
        rows = choose(options, culprits)
        clash = {r["path"] for r in rows} & {r["path"] for r in key}
        if clash:
            sys.exit("names clash, take another --seed: " + ", ".join(sorted(clash)))
        print("background: %d messages, %s, seed %d\n" % (len(key), "real mail" if options.mail else "made up",
                                                          options.seed))
        found, _ = lab.scan(options.imcscan, os.path.join(scratch, "background", "Imcdata"))
        results = run_all(options, scratch, rows)
    missed = print_kinds(results)
    print_recall(results)
    loud, critical = print_background(key, found)
    print_misses(results)
    if options.tsv:
        write_tsv(options.tsv, results)
    print("\n%.0f s" % (time.monotonic() - started))
    failed = bool(missed) or loud > 0.005 * len(key) or critical > 0
    if options.require and failed:
        print("goals missed: %s%s" % (", ".join(missed) or "none of the triggers",
                                      "; background %d at medium or above, %d critical" % (loud, critical)))
        sys.exit(1)


if __name__ == "__main__":
    main()
