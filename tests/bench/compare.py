#!/usr/bin/env python3
"""compare.py - processor time of a whole inspection beside that of a bare GMime parse, sha256sum and mail tools.

    compare.py [--build=DIR] [--runs=N] [--count=N] [--small=N] [--no-peers]

Two trees are generated, of messages of 35 KB and of 4 KB in the mean, without envelopes, so that every tool reads
the same bytes. Each tool goes over each tree once a round, in turns, warm; told are medians of the rounds: processor
time (user and system, all processes), wall time, and the ratios of processor time. A tool that is not installed is
left out and named. clamscan has one signature of ours, since its database would have to be downloaded: with the real
one it takes longer. reformime reads one file a process; beside it stands what so many processes of /bin/true take.
The table also goes to BUILD/bench/compare.tsv.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PARSE = """
import email, sys
for path in sys.stdin.buffer.read().split(b"\\0")[:-1]:
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file)
    for part in message.walk():
        part.items(), part.defects
"""
EACH = 'for f; do "$TOOL" %s <"$f"; done'


def arguments():
    parser = argparse.ArgumentParser(description="Processor time of a scan beside that of other tools.")
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--count", type=int, default=2000, help="messages of 35 KB (default 2000)")
    parser.add_argument("--small", type=int, default=5000, help="messages of 4 KB (default 5000)")
    parser.add_argument("--no-peers", action="store_true", help="only GMime and sha256sum beside it")
    return parser.parse_args()


def files_of(folder):
    return sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)


class Tree:
    """A generated tree, its list of names, and the same files as a Maildir."""

    def __init__(self, options, scratch, name, count, size):
        self.name = name
        folder = os.path.join(scratch, name)
        subprocess.run([os.path.join(options.build, "mkspool"), "--seed=1", "--count=%d" % count, "--no-envelope",
                        "--main-folders", "--out=" + folder, *size], check=True, stdout=subprocess.DEVNULL)
        self.folder = os.path.join(folder, "Imcdata")
        self.files = files_of(self.folder)
        self.bytes = sum(map(os.path.getsize, self.files))
        self.names = folder + ".names"
        with open(self.names, "wb") as out:
            out.write(b"".join(os.fsencode(path) + b"\0" for path in self.files))
        self.mail = folder + ".mail"
        for sub in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(self.mail, sub))
        for number, path in enumerate(self.files):
            os.link(path, os.path.join(self.mail, "cur", "%d.x:2,S" % number))


def shell(tree, command, **more):
    """A command that reads the names of all files."""
    return lambda home: subprocess.run(["sh", "-c", command], stdin=open(tree.names, "rb"), check=False,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env=dict(os.environ, HOME=home, **more))


def run(tree, *command, **more):
    return lambda home: subprocess.run(command, stdin=subprocess.DEVNULL, check=False, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=home, **more))


def index_mu(tree):
    return shell(tree, 'mu init -q --muhome="$HOME" --maildir="$MAIL" && mu index -q --muhome="$HOME"', MAIL=tree.mail)


def index_notmuch(tree):
    return shell(tree, 'printf "[database]\\npath=%s\\n[user]\\nname=a\\nprimary_email=a@example.org\\n" "$HOME/m" '
                 '>"$HOME/.notmuch-config"; mkdir "$HOME/m"; cp -rl "$MAIL" "$HOME/m/box"; notmuch new --quiet',
                 MAIL=tree.mail)


def tools_of(options, tree, scratch):
    """Name, program that must be there, what to call with an empty home."""
    scan = os.path.join(options.build, "imcscan")
    signature = os.path.join(scratch, "own.ndb")
    with open(signature, "w", encoding="ascii") as out:
        out.write("Imcscan.Bench.Never:0:*:696d637363616e2062656e6368206e65766572\n")
    tools = [
        ("imcscan", scan, run(tree, scan, "scan", "--jobs=1", tree.folder)),
        ("imcscan, 2 workers", scan, run(tree, scan, "scan", "--jobs=2", tree.folder)),
        ("imcscan, not confined", scan, run(tree, scan, "scan", "--jobs=1", "--no-sandbox", tree.folder)),
        ("imcscan, JSON Lines", scan, run(tree, scan, "scan", "--jobs=1", "-f", "jsonl", tree.folder)),
        ("examine in one process", os.path.join(options.build, "tests/bench/examine"),
         run(tree, os.path.join(options.build, "tests/bench/examine"), tree.folder)),
        ("GMime, bare parse", os.path.join(options.build, "tests/bench/gmime_parse"),
         run(tree, os.path.join(options.build, "tests/bench/gmime_parse"), tree.folder)),
        ("sha256sum", "sha256sum", shell(tree, "xargs -0 sha256sum")),
    ]
    peers = [
        ("mblaze mshow -t", "mshow", shell(tree, "xargs -0 mshow -t")),
        ("clamscan, 1 signature", "clamscan", run(tree, "clamscan", "-r", "--infected", "--no-summary", "-d", signature,
                                                  tree.folder)),
        ("reformime -i", "reformime", shell(tree, "xargs -0 sh -c '%s' sh" % (EACH % "-i"), TOOL="reformime")),
        ("/bin/true as often", "/bin/true", shell(tree, "xargs -0 sh -c '%s' sh" % (EACH % ""), TOOL="/bin/true")),
        ("Python email, parse", "python3", shell(tree, "python3 -c '%s'" % PARSE)),
        ("mu index", "mu", index_mu(tree)),
        ("notmuch new", "notmuch", index_notmuch(tree)),
    ]
    return tools if options.no_peers else tools + peers


def measure(call, scratch):
    """Processor and wall seconds of one run."""
    home = tempfile.mkdtemp(dir=scratch)
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        call(home)
        os._exit(0)
    _, _, used = os.wait4(child, 0)
    wall = time.monotonic() - begin
    shutil.rmtree(home, ignore_errors=True)
    return used.ru_utime + used.ru_stime, wall


def rounds(options, tools, scratch):
    times = {name: [] for name, _, _ in tools}
    for _ in range(options.runs + 1):
        for name, _, call in tools:
            times[name].append(measure(call, scratch))
    return {name: [statistics.median(column) for column in zip(*runs[1:])] for name, runs in times.items()}


def told(tree, tools, results, out):
    base = {key: results[name][0] for key, name in (("gmime", "GMime, bare parse"), ("sha", "sha256sum"),
                                                   ("scan", "imcscan"))}
    heading = "%s: %d files, %.1f MB, %.1f KB in the mean" % (
        tree.name, len(tree.files), tree.bytes / 1e6, tree.bytes / len(tree.files) / 1024)
    lines = [heading, "%-24s %8s %8s %8s %9s %9s %9s" % ("tool", "CPU s", "wall s", "us/file", "of GMime", "of sha256",
                                                       "of a scan")]
    for name, _, _ in tools:
        cpu, wall = results[name]
        lines.append("%-24s %8.3f %8.3f %8.1f %9.2f %9.2f %9.2f" % (
            name, cpu, wall, cpu / len(tree.files) * 1e6, cpu / base["gmime"], cpu / base["sha"], cpu / base["scan"]))
        out.write("%s\t%s\t%d\t%d\t%.4f\t%.4f\t%.3f\t%.3f\t%.3f\n" % (
            tree.name, name, len(tree.files), tree.bytes, cpu, wall, cpu / base["gmime"], cpu / base["sha"],
            cpu / base["scan"]))
    lines.append("two workers: %.2f times as fast as one by the wall; confinement: %+.1f %% of processor time" % (
        results["imcscan"][1] / results["imcscan, 2 workers"][1],
        (base["scan"] / results["imcscan, not confined"][0] - 1) * 100))
    print("\n".join(lines) + "\n", flush=True)


def main():
    options = arguments()
    options.build = os.path.abspath(options.build)
    os.makedirs(os.path.join(options.build, "bench"), exist_ok=True)
    table = os.path.join(options.build, "bench", "compare.tsv")
    with tempfile.TemporaryDirectory(prefix="imcscan-bench-") as scratch, open(table, "w", encoding="utf-8") as out:
        out.write("tree\ttool\tfiles\tbytes\tcpu_s\twall_s\tof_gmime\tof_sha256sum\tof_scan\n")
        for name, count, size in (("large", options.count, ["--mean-size=35"]), ("small", options.small, ["--small"])):
            tree = Tree(options, scratch, name, count, size)
            tools = tools_of(options, tree, scratch)
            missing = [name for name, program, _ in tools if not shutil.which(program)]
            tools = [tool for tool in tools if tool[0] not in missing]
            if missing:
                print("not installed: " + ", ".join(missing))
            told(tree, tools, rounds(options, tools, scratch), out)
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        flags = next((line for line in info if line.startswith("flags")), "")
    print("load %s; processor %s SHA instructions, which OpenSSL uses and sha256sum does not; table: %s" % (
        " ".join("%.1f" % load for load in os.getloadavg()), "with" if " sha_ni" in flags else "without", table))


if __name__ == "__main__":
    sys.exit(main())
