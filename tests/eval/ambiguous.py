#!/usr/bin/env python3
"""ambiguous.py - how many ambiguous mails are suspected, and that no valid one is.

    ambiguous.py --imcscan=PROGRAM [--out=DIR] [--misses=FILE] [--require=PERCENT]

Writes the mails of letters.py, tricks.py and bodies.py into one folder and scans it, then scans each of them alone:
what a good part of a tree shares counts less there, and a folder of nothing but tricks is such a tree. Printed are,
for each grade and each kind of trick, how many are `low` or above; each mail of grade 0 that stays clean alone, and
each of grade 3 that does not. --require fails below that share of grade 0, or when a valid mail is suspected, or
when any mail is not examined.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import collections
import concurrent.futures
import os
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import bodies  # noqa: E402
import lab  # noqa: E402
import letters  # noqa: E402
import tricks  # noqa: E402

GRADES = ["definitely off the standard", "probably not as meant", "conforming edge case", "plain valid"]
TABLES = [letters.valid, letters.edges, tricks.content_type, tricks.boundaries, tricks.encodings, tricks.headers,
          tricks.names, bodies.base64_bodies, bodies.quoted_bodies, bodies.other_bodies]


def arguments():
    parser = argparse.ArgumentParser(description="Measure imcscan on ambiguous mail.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--out", help="keep the mails in this folder")
    parser.add_argument("--misses", help="write the clean mails of grade 0 and 1 to this file")
    parser.add_argument("--require", type=float, help="least percentage of grade 0 that must be suspected")
    options = parser.parse_args()
    if not os.access(options.imcscan, os.X_OK):
        parser.error("%s: no such program" % options.imcscan)
    return options


def all_mails():
    mails = letters.Mails()
    for table in TABLES:
        table(mails)
    return mails.made


def write(made, folder):
    os.makedirs(folder, exist_ok=True)
    for name, (_, _, data) in made.items():
        with open(os.path.join(folder, name + ".eml"), "wb") as out:
            out.write(data)


def scan_alone(imcscan, folder, names):
    """{name: message object} of each file scanned by itself."""
    def one(name):
        found, _ = lab.scan(imcscan, os.path.join(folder, name + ".eml"), "--jobs=1")
        (message,) = found.values()
        return name, message

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(pool.map(one, names))


def suspected(message):
    return message["level"] != "clean"


def print_shares(made, tree, alone):
    rows = collections.defaultdict(list)
    for name, (grade, group, _) in made.items():
        rows[(grade, "")].append(name)
        if grade < 2:
            rows[(grade, group)].append(name)
    print("%-40s %7s %16s %16s" % ("low or above", "mails", "in one tree", "alone"))
    for (grade, group), names in sorted(rows.items()):
        counts = [sum(suspected(found[name]) for name in names) for found in (tree, alone)]
        print("%-40s %7d %5d %s %5d %s" % ("  " + group if group else "%d %s" % (grade, GRADES[grade]), len(names),
              counts[0], lab.share(counts[0], len(names)), counts[1], lab.share(counts[1], len(names))))


def why(message):
    found = sorted(message.get("findings", []), key=lambda f: -(f.get("bits") or -99))
    return ", ".join("%s %.1f" % (f["rule"], f.get("bits") or 0) for f in found) or "no finding"


def missed(made, alone, grade):
    return [name for name, row in sorted(made.items()) if row[0] == grade and not suspected(alone[name])]


def write_misses(path, made, alone):
    with open(path, "w", encoding="utf-8") as out:
        for grade in (0, 1):
            out.write("# grade %d, clean alone\n" % grade)
            for name in missed(made, alone, grade):
                out.write("%s: %s\n" % (name, why(alone[name])))


def print_surprises(made, alone):
    """Returns the names of valid mails that are suspected."""
    loud = [name for name, row in sorted(made.items()) if row[0] == 3 and suspected(alone[name])]
    for grade in (0, 1):
        print("\ngrade %d, yet clean:" % grade)
        for name in missed(made, alone, grade):
            print("  %-36s %s" % (name, why(alone[name])))
    print("\ngrade 2 or 3, yet suspected:")
    for name, row in sorted(made.items()):
        if row[0] >= 2 and suspected(alone[name]):
            print("  %d %-34s %s" % (row[0], name, why(alone[name])))
    return loud


def verdict(made, alone, loud, require):
    broken = [name for name, row in made.items() if row[0] == 0]
    percent = 100.0 * sum(suspected(alone[name]) for name in broken) / len(broken)
    odd = sorted(name for name, message in alone.items() if message["status"] not in ("examined", "partial"))
    if odd:
        sys.exit("not examined: " + ", ".join(odd))
    if require is not None and loud:
        sys.exit("valid mail suspected: " + ", ".join(loud))
    if require is not None and percent < require:
        sys.exit("%.1f %% of grade 0 suspected, less than %.1f %%" % (percent, require))


def main():
    options = arguments()
    made = all_mails()
    with tempfile.TemporaryDirectory(prefix="imcscan-ambiguous-") as scratch:
        folder = options.out or os.path.join(scratch, "mails")
        write(made, folder)
        found, _ = lab.scan(options.imcscan, folder)
        tree = {os.path.basename(path)[:-4]: message for path, message in found.items()}
        alone = scan_alone(options.imcscan, folder, sorted(made))
    if set(tree) != set(made):
        sys.exit("the scan does not account for every file")
    print_shares(made, tree, alone)
    loud = print_surprises(made, alone)
    if options.misses:
        write_misses(options.misses, made, alone)
    verdict(made, alone, loud, options.require)


if __name__ == "__main__":
    main()
