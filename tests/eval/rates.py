#!/usr/bin/env python3
"""rates.py - how often each rule fires in real mail, and what would be a false alarm.

    rates.py --imcscan=PROGRAM --mkspool=PROGRAM --mail=DIR [--direction=in|out|both] [--top=N]

Every file below DIR is wrapped by mkspool as a spool file of In and scanned in one tree. Printed are: k of n for each
rule that fired, the share of files at each level, and every file at medium or above with its reasons. These figures
are what the base rates of the rules rest on, so DIR should hold healthy mail. Without --mail nothing is done.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import collections
import os
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description="Base rates of imcscan's rules in real mail.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mkspool", default="build/mkspool")
    parser.add_argument("--mail", help="folder of healthy real mail")
    parser.add_argument("--direction", default="in", choices=["in", "out", "both"])
    parser.add_argument("--top", type=int, default=0, help="list at most so many files (0: all)")
    options = parser.parse_args()
    for program in (options.imcscan, options.mkspool):
        if options.mail and not os.access(program, os.X_OK):
            parser.error("%s: no such program" % program)
    if options.mail and not os.path.isdir(options.mail):
        parser.error("%s: no such folder" % options.mail)
    return options


def print_rules(found):
    """Files in which each rule fired, and for how many it is the reason of its highest level."""
    fired = collections.Counter(rule for message in found.values() for rule in lab.rules_of(message))
    print("\n%-34s %7s of %-7d %9s" % ("rule", "k", len(found), "share"))
    for rule, k in sorted(fired.items(), key=lambda pair: (-pair[1], pair[0])):
        print("%-34s %7d            %7.3f %%" % (rule, k, 100.0 * k / len(found)))


def print_levels(found):
    levels = collections.Counter(message["level"] for message in found.values())
    statuses = collections.Counter(message["status"] for message in found.values())
    print("\nlevel")
    for level in lab.LEVELS:
        print("  %-9s %6d  %8.3f %%" % (level, levels[level], 100.0 * levels[level] / len(found)))
    print("status: " + ", ".join("%s %d" % pair for pair in sorted(statuses.items())))


def reason(finding):
    cites = " ".join(finding.get("cites", []))
    return "      %s (%s, %.1f bits) %s %s" % (finding["rule"], finding.get("level", "-"), finding.get("bits") or 0,
                                             finding.get("detail", ""), cites)


def print_alarms(found, key, mail, top):
    source = {row["path"]: row["name"] for row in key}
    loud = sorted((m for m in found.values() if m["level"] in ("critical", "high", "medium", "unknown")),
                  key=lambda m: m["rank"])
    print("\n%d of %d at medium or above, or unknown" % (len(loud), len(found)))
    for message in loud[:top or None]:
        where = source.get(message["path"], "?")
        print("  %s %s (%s)" % (message["level"], os.path.relpath(where, mail) if where != "?" else "?",
                                message["path"]))
        for finding in sorted(message["findings"], key=lambda f: -(f.get("bits") or 0))[:4]:
            print(reason(finding).rstrip())


def main():
    options = arguments()
    if not options.mail:
        print("rates: skipped, no mail to measure (give MAIL=DIR)")
        return
    with tempfile.TemporaryDirectory(prefix="imcscan-rates-") as scratch:
        key = lab.make_tree(options.mkspool, os.path.join(scratch, "tree"), "--count=all", "--odd=0", "--main-folders",
                            "--direction=" + options.direction, "--background=" + options.mail)
        found, _ = lab.scan(options.imcscan, os.path.join(scratch, "tree", "Imcdata"))
    print("%d messages wrapped, %d reported" % (len(key), len(found)))
    if len(key) != len(found):
        sys.exit("the scan does not account for every file")
    print_rules(found)
    print_levels(found)
    print_alarms(found, key, options.mail, options.top)


if __name__ == "__main__":
    main()
