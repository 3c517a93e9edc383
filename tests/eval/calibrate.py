#!/usr/bin/env python3
"""calibrate.py - are imcscan's probabilities true, and how many restarts do they save?

    calibrate.py --imcscan=PROGRAM --mkspool=PROGRAM [--mail=DIR] [--trees=200] [--seed=1] [--quick] [--jobs=N]
                 [--tsv=FILE] [--require]

200 trees of 150 to 500 messages (5 % of them odd but harmless), each with a background of its own:

  trigger     one message with a documented trigger (30 % of the trees)
  damage      one damaged file (10 %)
  two, three  so many of both (8 % each)
  oddity      one trigger, in a tree that is odd as a whole: LF only, no envelopes, one sender behind 30 % (12 %)
  unknown     one message that nothing is known against, drawn from the background (12 %)
  none        no culprit: the cause is not in the tree (20 %, which is the prior that imcscan has)

The shares of kinds are ours, and so are the forms of the triggers: what is measured is whether the numbers agree with
each other, not how often a real crash has a documented cause. Printed are, by kind, recall at m (of several culprits
each by its place among the others), mean rank and log loss (bits by which the posterior missed the truth); a
reliability table of the posterior, over trees with one culprit or none; what would mend it; and restarts: expected with
weighted splitting of imcscan's posterior, by the entropy bound, by plain halving, and one by one down the ranking.

--quick makes 50 trees. With --mail the background is real mail below DIR. --tsv writes one line a tree. With --require
the exit status is 1 when a goal at the end is missed.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402
import restarts  # noqa: E402

SHARES = [("trigger", 60), ("damage", 20), ("two", 16), ("three", 16), ("oddity", 24), ("unknown", 24), ("none", 40)]
ODDITIES = ["--lf-only", "--no-envelope", "--one-sender=30"]
# Their fault lies in the envelope or in line ends, which such a tree has lost.
LOST = {"--lf-only": {"out-no-final-crlf", "dbcs-crlf-run"},
        "--no-envelope": {"envelope-address-long", "mail-from-long-no-from", "recipients-too-many",
                          "recipients-many-invalid", "recipient-or-subject-long"}}
EDGES = [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0000001]


def arguments():
    parser = argparse.ArgumentParser(description="Calibration of imcscan's posterior on generated trees.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--mail", help="folder of real mail for the background")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="50 trees")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="scans at a time")
    parser.add_argument("--tsv", help="write one line a tree to this file")
    parser.add_argument("--require", action="store_true", help="exit status 1 when the goals are missed")
    options = parser.parse_args()
    if options.quick:
        options.trees = 50
    for program in (options.imcscan, options.mkspool):
        if not os.access(program, os.X_OK):
            parser.error("%s: no such program" % program)
    return options


def kinds_of(mkspool, what):
    listed = subprocess.run([mkspool, "--list-" + what], stdout=subprocess.PIPE, check=True)
    return [(row[0], int(row[1])) for row in (line.split("\t") for line in listed.stdout.decode().splitlines())]


def draw(rng, kinds, option, turn=None):
    """An option for one culprit; `turn` goes through the kinds one after the other."""
    name, variants = kinds[turn % len(kinds)] if turn is not None else rng.choice(kinds)
    return "--%s=%s:%d" % (option, name, rng.randint(1, variants))


def culprits_of(rng, kind, turn, triggers, damage):
    if kind == "trigger":
        return [draw(rng, triggers, "trigger", turn)]
    if kind == "damage":
        return [draw(rng, damage, "damage", turn)]
    if kind in ("two", "three"):
        wanted = []
        while len(wanted) < (2 if kind == "two" else 3):
            one = draw(rng, triggers, "trigger") if rng.random() < 0.7 else draw(rng, damage, "damage")
            if one.split(":")[0] not in [w.split(":")[0] for w in wanted]:
                wanted.append(one)
        return wanted
    if kind == "oddity":
        oddity = ODDITIES[turn % len(ODDITIES)]
        fit = [t for t in triggers if t[0] not in LOST.get(oddity, ())]
        return [oddity, draw(rng, fit, "trigger", turn // len(ODDITIES) * 5 + turn)]
    return []


def plan_trees(options):
    """What each tree is made of; the same seed gives the same trees."""
    rng = random.Random(options.seed)
    triggers, damage = kinds_of(options.mkspool, "triggers"), kinds_of(options.mkspool, "damage")
    trees = []
    for kind, share in SHARES:
        for turn in range(max(1, round(share * options.trees / 200))):
            background = ["--seed=%d" % (options.seed * 10000 + len(trees)), "--odd=5", "--mean-size=12",
                          "--count=%d" % rng.choice([150, 250, 350, 500])]
            if options.mail:
                background.append("--background=" + options.mail)
            trees.append({"kind": kind, "make": background + culprits_of(rng, kind, turn, triggers, damage),
                          "pick": rng.random()})
    return trees


class Posterior:
    """What a scan believes: hypotheses 0..n-1 are messages in rank order, the last is "not in this tree"."""

    def __init__(self, found, summary):
        ranked = sorted((m for m in found.values() if "score" in m), key=lambda m: m["rank"])
        ratios = [2.0 ** m["score"] for m in ranked]
        self.paths = [m["path"] for m in ranked]
        self.nowhere = summary["not_in_tree"]
        inside = (1 - self.nowhere) / sum(ratios)
        self.p = [inside * ratio for ratio in ratios] + [self.nowhere]

    def place(self, path):
        return self.paths.index(path) if path else len(self.paths)

    def loss(self, truths, scale=1.0, power=1.0):
        """Bits by which the truth surprises; with the odds of "nowhere" scaled and the ratios to a power."""
        p = self.p
        if scale != 1.0 or power != 1.0:
            middle = sorted(p[:-1])[len(p) // 2]  # a message that nothing is known against keeps its weight
            p = [middle * (x / middle) ** power for x in p[:-1]] + [p[-1] * scale]
        return -math.log2(sum(p[t] for t in truths) / sum(p))


def judge(options, scratch, number, tree):
    folder = os.path.join(scratch, "tree%d" % number)
    try:
        key = lab.make_tree(options.mkspool, folder, *tree["make"])
        found, objects = lab.scan(options.imcscan, os.path.join(folder, "Imcdata"), "--jobs=1")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    believed = Posterior(found, objects[-1])
    paths = [row["path"] for row in key if row["kind"] in ("trigger", "damage")]
    names = ["%s:%s" % (row["name"], row["variant"]) for row in key if row["kind"] in ("trigger", "damage")]
    if tree["kind"] == "unknown":
        clean = [row["path"] for row in key if row["kind"] == "clean"]
        paths, names = [clean[int(tree["pick"] * len(clean))]], ["unknown"]
    truths = [believed.place(path) for path in paths or [None]]
    ranks = [t + 1 - sum(other < t for other in truths) for t in truths] if paths else []
    return dict(tree, believed=believed, truths=truths, ranks=ranks, names=names, **searches(believed, truths))


def searches(believed, truths):
    """Starts with the posterior, by count, one by one, and the least possible."""
    n = len(believed.paths)
    if len(truths) == 1:
        prior = restarts.mixed(believed.p)
        return {"plan": restarts.one_bad(prior, truths[0]), "bound": restarts.entropy(believed.p),
                "halving": restarts.one_bad([1.0] * (n + 1), truths[0]),
                "one_by_one": min(truths[0] + 1, n)}
    # The number of bad ones is not told to the search: chances are as if it expected one and a half.
    chances = [1.5 * p for p in restarts.mixed(believed.p)[:-1]]
    return {"plan": restarts.several_bad(chances, truths), "bound": restarts.bound_several(chances),
            "halving": restarts.several_bad([1.5 / n] * n, truths), "one_by_one": max(truths) + 1}


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def print_kinds(results):
    print("%-9s %5s %8s  %8s  %8s  %8s  %9s  %8s" % ("kind", "trees", "at 1", "at 3", "at 5", "at 10", "mean rank",
                                                     "log loss"))
    for kind, _ in SHARES + [("all", 0)]:
        rows = [r for r in results if kind in (r["kind"], "all")]
        ranks = [rank for r in rows for rank in r["ranks"]]
        cells = ["%8s" % lab.share(sum(rank <= m for rank in ranks), len(ranks)) for m in (1, 3, 5, 10)]
        print("%-9s %5d %s  %9s  %8.2f" % (kind, len(rows), "  ".join(cells),
                                           "%.2f" % mean(ranks) if ranks else "-",
                                           mean(r["believed"].loss(r["truths"]) for r in rows)))


def print_reliability(rows):
    """Stated probability against the share that came true, in bins; returns the largest difference of a large bin."""
    print("\nreliability, %d trees with one culprit or none\n%-26s %7s %8s %9s %9s" % (
        len(rows), "stated", "n", "true", "expected", "came true"))
    stated = {"messages": [], "not in this tree": []}
    for row in rows:
        hits = [i == row["truths"][0] for i in range(len(row["believed"].p))]
        pairs = list(zip(row["believed"].p, hits))
        stated["messages"] += pairs[:-1]
        stated["not in this tree"].append(pairs[-1])
    worst = 0.0
    for name, pairs in stated.items():
        print("  " + name)
        for low, high in zip(EDGES, EDGES[1:]):
            inside = [(p, hit) for p, hit in pairs if low <= p < high]
            if not inside:
                continue
            expected, true = sum(p for p, _ in inside), sum(hit for _, hit in inside)
            print("    %5.1f %% to %5.1f %%        %7d %8d %9.1f %7.1f %%" % (
                100 * low, 100 * min(high, 1), len(inside), true, expected, 100.0 * true / len(inside)))
            if len(inside) >= 15 and low >= 0.05:
                worst = max(worst, abs(true - expected) / len(inside))
    return worst


def print_mending(rows):
    """The odds of "not in this tree", and the power of the ratios, at which these trees surprise least."""
    def loss(scale, power):
        return mean(r["believed"].loss(r["truths"], scale, power) for r in rows)

    scales, powers = [2 ** (k / 4) for k in range(-16, 17)], [0.5 + 0.05 * k for k in range(21)]
    now = loss(1, 1)
    scale = min(scales, key=lambda s: loss(s, 1))
    power = min(powers, key=lambda t: loss(1, t))
    both = min(((s, t) for s in scales for t in powers), key=lambda pair: loss(*pair))
    odds = 0.25 * scale  # the prior of one fifth is odds of one to four
    print("\nlog loss %.3f bits; least with the prior of \"not in this tree\" at %.2f in place of 0.20: %.3f;\n"
          "with all likelihood ratios to the power of %.2f: %.3f; with both, odds times %.2f and power %.2f: %.3f" % (
              now, odds / (1 + odds), loss(scale, 1), power, loss(1, power), both[0], both[1], loss(*both)))
    return now - loss(*both)


def print_restarts(results):
    print("\nrestarts expected until the culprit (or that there is none) is known\n%-16s %5s %8s %8s %8s %11s" % (
        "", "trees", "bound", "ranked", "halving", "one by one"))
    groups = [("one or none", lambda r: len(r["truths"]) == 1), ("  cause known", lambda r: r["kind"] in
              ("trigger", "damage", "oddity")), ("  cause unknown", lambda r: r["kind"] == "unknown"),
              ("  none", lambda r: r["kind"] == "none"), ("two or three", lambda r: len(r["truths"]) > 1)]
    for name, holds in groups:
        rows = [r for r in results if holds(r)]
        print("%-16s %5d %8.2f %8.2f %8.2f %11.2f" % ((name, len(rows)) + tuple(
            mean(r[way] for r in rows) for way in ("bound", "plan", "halving", "one_by_one"))))


def goals(results, reliability):
    """Each goal with whether it is met."""
    single = [r for r in results if len(r["truths"]) == 1]
    known = [r for r in results if r["kind"] not in ("unknown", "none")]
    ranks = [rank for r in known for rank in r["ranks"]]
    none = [r for r in results if r["kind"] == "none"]
    wins = mean(r["plan"] for r in single) / mean(r["halving"] for r in single)
    return [
        ("95 % of culprits with a known cause in the first three", sum(k <= 3 for k in ranks) >= 0.95 * len(ranks)),
        ("no culprit: \"not in this tree\" stands first in 90 %",
         sum(r["believed"].nowhere > max(r["believed"].p[:-1]) for r in none) >= 0.9 * len(none)),
        ("log loss of one culprit or none at most 2 bits", mean(r["believed"].loss(r["truths"]) for r in single) <= 2),
        ("bins of 15 or more come true within 20 points", reliability <= 0.2),
        ("ranked search takes at most half the restarts of plain halving", wins <= 0.5),
    ]


def write_tsv(path, results):
    with open(path, "w", encoding="utf-8") as out:
        print("kind\tculprits\tranks\tprobability\tnot_in_tree\tbound\tplan\thalving\tone_by_one", file=out)
        for r in results:
            print("\t".join([r["kind"], ",".join(r["names"]), ",".join(map(str, r["ranks"])),
                             "%.4f" % sum(r["believed"].p[t] for t in r["truths"]), "%.4f" % r["believed"].nowhere,
                             "%.2f" % r["bound"], str(r["plan"]), str(r["halving"]), str(r["one_by_one"])]), file=out)


def main():
    options = arguments()
    started = time.monotonic()
    trees = plan_trees(options)
    with tempfile.TemporaryDirectory(prefix="imcscan-calibrate-") as scratch:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda pair: judge(options, scratch, *pair), enumerate(trees)))
    print("%d trees, background %s, seed %d\n" % (len(trees), "real mail" if options.mail else "made up", options.seed))
    single = [r for r in results if len(r["truths"]) == 1]
    print_kinds(results)
    reliability = print_reliability(single)
    print_mending(single)
    print_restarts(results)
    if options.tsv:
        write_tsv(options.tsv, results)
    print()
    met = [print("%s: %s" % ("met   " if good else "missed", name)) or good for name, good in goals(results, reliability)]
    print("%.0f s" % (time.monotonic() - started))
    if options.require and not all(met):
        sys.exit(1)


if __name__ == "__main__":
    main()
