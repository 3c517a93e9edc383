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

Here every trigger is as frequent as any other, while imcscan holds that a cause which stops the connector is 32 times
as frequent as one which loses content. So both are printed: as drawn, and with each tree counted as often as imcscan's
own weights have its cause (w of the rule that found it, w_0 for "unknown", the prior for "none").

--quick makes 50 trees of 100 to 250 messages. With --mail the background is real mail below DIR. --tsv writes one line
a tree. With --require the exit status is 1 when a goal at the end is missed.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import json
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
UNKNOWN, PRIOR_NOWHERE = 2.0 ** -3, 0.2  # w_0 and h of the ranking (design: src/rank/weights.h, posterior.h)
SUSPECT = 3.0  # bits, `medium`: where a finding alone makes a suspect
EDGES = [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0000001]


def arguments():
    parser = argparse.ArgumentParser(description="Calibration of imcscan's posterior on generated trees.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--mail", help="folder of real mail for the background")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="50 trees, smaller ones")
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
                          "--count=%d" % rng.choice([100, 150, 200, 250] if options.quick else [150, 250, 350, 500])]
            if options.mail:
                background.append("--background=" + options.mail)
            trees.append({"kind": kind, "make": background + culprits_of(rng, kind, turn, triggers, damage),
                          "pick": rng.random()})
    return trees


def weights_of(imcscan):
    """w of each rule, and its bits when it fires alone and nothing else is known."""
    told = subprocess.run([imcscan, "rules", "-f", "json"], stdout=subprocess.PIPE, check=True)
    return {rule["id"]: (rule["weight"], rule["bits"]) for rule in json.loads(told.stdout)["rules"] if rule.get("weight")}


def cause_weight(weights, message):
    """w * v of the finding that says most about a culprit; v is what it lacks in bits."""
    best = max((f for f in message["findings"] if "bits" in f), key=lambda f: f["bits"], default=None)
    if best is None or best["rule"] not in weights:
        return 0.0
    weight, bits = weights[best["rule"]]
    return weight * min(1.0, 2.0 ** (best["bits"] - bits))


class Posterior:
    """What a scan believes: hypotheses 0..n-1 are messages in rank order, the last is "not in this tree"."""

    def __init__(self, found, summary):
        ranked = sorted((m for m in found.values() if "score" in m), key=lambda m: m["rank"])
        ratios = [2.0 ** m["score"] for m in ranked]
        self.paths = [m["path"] for m in ranked]
        self.suspect = [m["score"] >= SUSPECT for m in ranked] + [False]
        self.nowhere = summary["not_in_tree"]
        inside = (1 - self.nowhere) / sum(ratios)
        self.p = [inside * ratio for ratio in ratios] + [self.nowhere]

    def place(self, path):
        return self.paths.index(path) if path else len(self.paths)

    def loss(self, truths, scale=1.0, shift=0.0):
        """Bits by which the truth surprises; with the odds of "nowhere" scaled, and suspects raised by bits."""
        p = self.p
        if scale != 1.0 or shift:
            p = [x * 2 ** shift if suspect else x for x, suspect in zip(p[:-1], self.suspect)] + [p[-1] * scale]
        return -math.log2(sum(p[t] for t in truths) / sum(p))


def judge(options, weights, scratch, number, tree):
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
    weight = cause_weight(weights, found[paths[0]]) if names and names != ["unknown"] else 0.0
    return dict(tree, believed=believed, truths=truths, ranks=ranks, names=names, weight=weight,
                **searches(believed, truths))


def count_as_weighted(rows, weights):
    """Set "often" of each row: how much of all crashes it stands for if imcscan's weights are right."""
    known = sum(r["weight"] for r in rows)
    unknown = UNKNOWN / (UNKNOWN + sum(weight for weight, _ in weights.values()))
    for r in rows:
        same = sum(other["kind"] == r["kind"] for other in rows)
        if r["kind"] == "none":
            r["often"] = PRIOR_NOWHERE / same
        elif r["kind"] == "unknown":
            r["often"] = (1 - PRIOR_NOWHERE) * unknown / same
        else:
            r["often"] = (1 - PRIOR_NOWHERE) * (1 - unknown) * r["weight"] / known


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
    """Stated probability against the share that came true; returns by how much a large bin overstates at most."""
    print("\nreliability, %d trees with one culprit or none" % len(rows))
    print("%-24s %7s %6s %9s %10s %22s" % ("stated", "n", "true", "expected", "came true", "as weighted: mean, true"))
    stated = {"messages": [], "not in this tree": []}
    for row in rows:
        triples = [(p, i == row["truths"][0], row["often"]) for i, p in enumerate(row["believed"].p)]
        stated["messages"] += triples[:-1]
        stated["not in this tree"].append(triples[-1])
    worst = 0.0
    for name, triples in stated.items():
        print("  " + name)
        for low, high in zip(EDGES, EDGES[1:]):
            inside = [triple for triple in triples if low <= triple[0] < high]
            often = sum(w for _, _, w in inside)
            if not inside or not often:
                continue
            expected, true = sum(p for p, _, _ in inside), sum(hit for _, hit, _ in inside)
            mean_stated = sum(p * w for p, _, w in inside) / often
            mean_true = sum(hit * w for _, hit, w in inside) / often
            print("    %5.1f %% to %5.1f %%     %7d %6d %9.1f %8.1f %%     %7.1f %% %8.1f %%" % (
                100 * low, 100 * min(high, 1), len(inside), true, expected, 100.0 * true / len(inside),
                100 * mean_stated, 100 * mean_true))
            if name == "messages" and len(inside) >= 15:
                worst = max(worst, mean_stated - mean_true)
    return worst


def print_mending(rows):
    """What these trees would surprise with another prior of "not in this tree", or with more bits for all suspects."""
    scales = [2 ** (k / 4) for k in range(-16, 17)]
    print("\nlog loss, and what it would be with another prior or with suspects (3 bits and more) raised")
    for name, often in (("as drawn", lambda r: 1.0), ("as weighted", lambda r: r["often"])):
        total = sum(often(r) for r in rows)

        def loss(scale, shift):
            return sum(often(r) * r["believed"].loss(r["truths"], scale, shift) for r in rows) / total

        scale = min(scales, key=lambda s: loss(s, 0))
        odds = PRIOR_NOWHERE / (1 - PRIOR_NOWHERE) * scale
        raised = "   ".join("%+d bits: %.2f" % (shift, loss(1, shift)) for shift in (-2, -1, 1, 2, 4))
        print("  %-12s %.2f   prior %.2f (best): %.2f   %s" % (name, loss(1, 0), odds / (1 + odds), loss(scale, 0),
                                                               raised))
    often = sum(r["often"] for r in rows)
    stated = sum(r["often"] * r["believed"].nowhere for r in rows) / often
    print("  \"not in this tree\" as weighted: stated %.1f %%, true %.1f %%" % (100 * stated, 100 * PRIOR_NOWHERE))
    return stated - PRIOR_NOWHERE


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


def goals(results, overstated, nowhere):
    """Each goal with whether it is met."""
    single = [r for r in results if len(r["truths"]) == 1]
    told = [r for r in single if r["kind"] != "unknown"]
    ranks = [rank for r in results if r["kind"] != "unknown" for rank in r["ranks"]]
    none = [r for r in results if r["kind"] == "none"]
    wins = mean(r["plan"] for r in single) / mean(r["halving"] for r in single)
    several = [r for r in results if len(r["truths"]) > 1]
    return [
        ("95 % of culprits with a known cause in the first three", sum(k <= 3 for k in ranks) >= 0.95 * len(ranks)),
        ("no culprit: \"not in this tree\" stands first in 95 %",
         sum(r["believed"].nowhere > max(r["believed"].p[:-1]) for r in none) >= 0.95 * len(none)),
        ("log loss of a known cause or none at most 0.9 bits",
         mean(r["believed"].loss(r["truths"]) for r in told) <= 0.9),
        ("as weighted, no bin of 15 messages or more overstates by more than 10 points", overstated <= 0.1),
        ("as weighted, \"not in this tree\" is overstated by at most 20 points, understated by at most 5",
         -0.05 <= nowhere <= 0.2),
        ("one or none: at most 40 % of the restarts of plain halving", wins <= 0.4),
        ("two or three: at most 40 % of them", mean(r["plan"] for r in several) <= 0.4 * mean(
            r["halving"] for r in several)),
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
    trees, weights = plan_trees(options), weights_of(options.imcscan)
    with tempfile.TemporaryDirectory(prefix="imcscan-calibrate-") as scratch:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda pair: judge(options, weights, scratch, *pair), enumerate(trees)))
    print("%d trees, background %s, seed %d\n" % (len(trees), "real mail" if options.mail else "made up", options.seed))
    single = [r for r in results if len(r["truths"]) == 1]
    count_as_weighted(single, weights)
    print_kinds(results)
    overstated = print_reliability(single)
    nowhere = print_mending(single)
    print_restarts(results)
    if options.tsv:
        write_tsv(options.tsv, results)
    print()
    met = goals(results, overstated, nowhere)
    for name, good in met:
        print("%s: %s" % ("met   " if good else "missed", name))
    print("%.0f s" % (time.monotonic() - started))
    if options.require and not all(good for _, good in met):
        sys.exit(1)


if __name__ == "__main__":
    main()
