#!/usr/bin/env python3
"""rescore.py REPORT.jsonl - redo every score and the posterior of a scan from the numbers it prints.

Written from the description of the ranking (README, `rules --weights`), with nothing of imcscan in it:

    LR = (w_unknown + sum over fired rules of v * w / q) * 2^clues,   score = log2 LR

Exits with 1 and names the first lines that differ by more than 0.01 bit, or a probability by more
than a tenth of a percent.
"""
# SPDX-License-Identifier: LGPL-2.1-or-later
import json
import math
import sys

BITS = 0.01
SHARE = 1e-3  # clues are printed to a millibit, which is 0.07 % of a ratio
ARCHIVES = ("in-archive", "out-archive", "pickup-archive")


def standing(findings):
    """One finding of each rule: a weak one only where the rule has no other."""
    best = {}
    for finding in findings:
        if "q" not in finding:
            continue
        rule = finding["rule"]
        if rule not in best or (best[rule].get("weak") and not finding.get("weak")):
            best[rule] = finding
    return best.values()


def own_ratio(message, sums):
    ratio, expected, serious = sums["w_unknown"], 0.0, False
    for finding in standing(message.get("findings", [])):
        term = finding["v"] * finding["w"] / finding["q"]
        if finding.get("arrival"):
            expected += term
        else:
            ratio += term
            serious = serious or not finding.get("minor")
    limited = min(ratio + expected, 2 ** sums["cap_minor"])
    return max(ratio, limited) if serious else limited


def bounded(bits, most):
    return max(-most, min(most, bits))


def clue_bits(message, sums):
    """The largest factor of each rule; where not all clues are printed, their sum is."""
    largest = {}
    for clue in message.get("clues", []):
        if abs(clue["bits"]) > abs(largest.get(clue["rule"], 0)):
            largest[clue["rule"]] = clue["bits"]
    if "clues_total" in message:
        return message["clue_bits"]
    return bounded(sum(largest.values()), sums["clues_most"])


def score_of(message, sums):
    own = math.log2(own_ratio(message, sums))
    lifted = own + clue_bits(message, sums)
    placed = any(clue.get("placed") for clue in message.get("clues", []))
    if message.get("clues") and message["folder"] in ARCHIVES and not placed and "clues_total" not in message:
        lifted = min(lifted, max(own, sums["cap_archive"]))
    return lifted


def prior_of(summary, sums):
    """The odds of h, doubled for each bit of the rule-outs; those that do not count have 0."""
    bits = bounded(sum(clue["bits"] for clue in summary.get("rule_outs", [])), sums["clues_most"])
    odds = sums["h"] / (1 - sums["h"]) * 2 ** bits
    prior = odds / (1 + odds)
    return max(sums["h"], min(prior, sums["h_most"])) if bits > 0 else prior


def differ(what, told, redone, most):
    if abs(told - redone) <= most:
        return 0
    print(f"{what}: {told} told, {redone:.6f} redone")
    return 1


def main():
    with open(sys.argv[1], encoding="ascii") as report:
        lines = [json.loads(line) for line in report]
    messages = [line for line in lines if line["type"] == "message" and "score" in line]
    summary = next(line for line in lines if line["type"] == "summary")
    sums = summary["arithmetic"]
    bad = differ("hypotheses", sums["hypotheses"], len(messages), 0)
    bad += differ("h with the rule-outs", sums["prior"], prior_of(summary, sums), 1e-9)
    scores = [score_of(message, sums) for message in messages]
    for message, score in zip(messages, scores):
        bad += differ(f"score of {message['path']}", message["score"], score, BITS)
        for finding in message.get("findings", []):
            if "bits" in finding and not finding.get("arrival"):
                bits = math.log2(finding["v"] * finding["w"] / finding["q"])
                bad += differ(f"bits of {finding['rule']} in {message['path']}", finding["bits"], bits, BITS)
    each = (1 - sums["prior"]) / max(len(messages), 1) / sums["total_weight"]
    evidence = each * sum(2 ** score for score in scores) + sums["prior"]
    bad += differ("not in this tree", summary["not_in_tree"], sums["prior"] / evidence, SHARE)
    for message, score in zip(messages, scores):
        bad += differ(f"probability of {message['path']}", message["probability"], each * 2 ** score / evidence, SHARE)
    print(f"{len(messages)} scores redone, {bad} differ")
    return 1 if bad or not messages else 0


if __name__ == "__main__":
    sys.exit(main())
