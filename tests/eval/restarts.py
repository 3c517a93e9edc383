"""restarts.py - how many starts of the connector it takes to find the bad messages, by probabilities.

A start with a set of messages in place crashes when one of them is bad, or when the cause is not in the tree. The
searches are those of weighted splitting: the half is that of the probability, not of the count. One bad message or
none: the hypotheses "message i" and "not in this tree" are split like a list sorted by weight, which stays within a few
hundredths of Huffman's code. Several bad: groups from the top of the list that are free of bad ones with a chance of
about one half are tried, and a group that crashes is split until its first bad message is known; then the rest goes on.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import math
import sys

UNIFORM = 0.1  # share of the uniform in the prior: what a wrong ranking costs stays bounded


def entropy(weights):
    total = sum(weights)
    return -sum(w / total * math.log2(w / total) for w in weights if w > 0)


def mixed(weights):
    """The weights, made to sum to one, with a tenth of the uniform."""
    total = sum(weights)
    return [(1 - UNIFORM) * w / total + UNIFORM / len(weights) for w in weights]


def split_at(sums, low, high):
    """The place between low and high at which the weight is nearest to halved; at least one on each side."""
    goal = (sums[low] + sums[high]) / 2
    left, right = low + 1, high - 1
    while left < right:
        middle = (left + right) // 2
        if sums[middle] < goal:
            left = middle + 1
        else:
            right = middle
    if left > low + 1 and goal - sums[left - 1] < sums[left] - goal:
        left -= 1
    return left


def one_bad(weights, truth):
    """Starts until the hypothesis `truth` (an index) alone is left; weights sorted or not."""
    order = sorted(range(len(weights)), key=lambda i: -weights[i])
    place = order.index(truth)
    sums = [0.0]
    for i in order:
        sums.append(sums[-1] + weights[i])
    low, high, starts = 0, len(order), 0
    while high - low > 1:
        middle = split_at(sums, low, high)
        starts += 1
        if place < middle:
            high = middle
        else:
            low = middle
    return starts


def group_end(chances, low):
    """As many from `low` on as are all good with a chance of about one half."""
    good, at = 1.0, low
    while at < len(chances):
        next_good = good * (1 - chances[at])
        if at > low and abs(next_good - 0.5) > abs(good - 0.5) and next_good < 0.5:
            break
        good, at = next_good, at + 1
        if good <= 0.5:
            break
    return at


def first_bad(chances, bad, low, high):
    """One bad message of a group that crashed: (its place, starts)."""
    starts = 0
    while high - low > 1:
        weights, good = [0.0], 1.0
        for chance in chances[low:high]:
            weights.append(weights[-1] + good * chance)
            good *= 1 - chance
        middle = low + split_at(weights, 0, high - low)
        starts += 1
        if any(low <= b < middle for b in bad):
            high = middle
        else:
            low = middle
    return low, starts


def several_bad(chances, truths):
    """Starts until every message of `truths` (indices) is known and all others are delivered."""
    order = sorted(range(len(chances)), key=lambda i: -chances[i])
    bad = {order.index(t) for t in truths}
    chances = [min(max(chances[i], 1e-6), 0.999) for i in order]
    starts = low = 0
    while low < len(chances):
        end = group_end(chances, low)
        starts += 1
        if not any(low <= b < end for b in bad):
            low = end
            continue
        found, spent = first_bad(chances, bad, low, end)
        starts += spent
        bad.discard(found)
        low = found + 1
    return starts


def bound_several(chances):
    """Least expected starts: the entropy of independent chances."""
    return sum(-c * math.log2(c) - (1 - c) * math.log2(1 - c) for c in (min(max(c, 1e-9), 1 - 1e-9) for c in chances))


def main():
    """The figures that other people's simulations of the same searches gave, to a twentieth of a start."""
    def five(n):
        return [0.4, 0.2, 0.1, 0.06, 0.04] + [0.2 / (n - 5)] * (n - 5)

    def zipf(n, power):
        return [(i + 1.0) ** -power for i in range(n)]

    failed = False
    for name, weights, bound, starts in (
            ("200 alike", [1.0] * 200, 7.64, 7.72), ("five of 200 share 80 %", five(200), 3.74, 3.84),
            ("five of 1,000 share 80 %", five(1000), 4.21, 4.29), ("Zipf 1 of 200", zipf(200, 1), 5.99, 6.04),
            ("Zipf 1.5 of 200", zipf(200, 1.5), 3.85, 3.97)):
        total = sum(weights)
        mean = sum(w / total * one_bad(weights, i) for i, w in enumerate(weights))
        good = abs(entropy(weights) - bound) < 0.01 and abs(mean - starts) < 0.05
        failed = failed or not good
        print("%sok - one bad, %s: bound %.2f, %.2f starts" % ("" if good else "not ", name, entropy(weights), mean))
    for name, chances, bad, starts in (("the first of four", [0.6, 0.1, 0.1, 0.1], [0], 2),
                                       ("none of a thousand improbable ones", [1e-6] * 1000, [], 1)):
        good = several_bad(chances, bad) == starts
        failed = failed or not good
        print("%sok - several, %s: %d starts" % ("" if good else "not ", name, several_bad(chances, bad)))
    return failed


if __name__ == "__main__":
    sys.exit(main())
