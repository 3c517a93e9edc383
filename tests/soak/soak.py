#!/usr/bin/env python3
"""soak.py - scans of damaged files by the hundred thousand: nothing lost, nothing left behind, nothing that grows.

    soak.py [--imcscan=PROGRAM] [--mail=DIR] [--minutes=N] [--files=N] [--batch=N] [--long=N] [--seed=N] [--jobs=N] [--keep=DIR]

Damaged copies of the demo tree, of the corpus and of the mail below DIR are scanned in batches, each a tree in memory with
logs beside it, and first one batch of --long files, in which growth would show. It ends after so many minutes and so
many files, whichever comes later. Held of every scan:

    - every file is accounted for once, by the report's lines and by its counts
    - every worker that died shows as a finding, and the file that did it is kept (--keep)
    - no process is left
    - neither descriptors nor memory of the parent or of a worker grow from the first half of a scan to its second
      (the parent may keep 2 KB a file, a worker may gain 16 MB: one large file after many small ones)

It prints figures every ten batches and at the end, and fails when anything of that does not hold.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mutate import Mutator, read_seeds  # noqa: E402

FOLDERS = ("In", "In", "In", "Out", "Out", "Work", "Pickup", "In/Temp", "Out/Archive")
DEATHS = {"parser-crashed", "parser-timed-out", "parser-out-of-memory"}
PERIOD = 0.1
PARENT_PER_FILE = 2048
WORKER_GAIN = 16 << 20
DESCRIPTORS = 64


def status_of(pid):
    """Resident bytes, open descriptors and the number of the parent; None when it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            lines = dict(line.split(":", 1) for line in file if ":" in line)
        return (int(lines.get("VmRSS", "0 kB").split()[0]) * 1024, len(os.listdir(f"/proc/{pid}/fd")), int(lines["PPid"]))
    except (OSError, KeyError, ValueError):
        return None


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


class Watch:
    """Samples of a running scan."""

    def __init__(self, pid):
        self.pid = pid
        self.samples = {}  # pid: [(time, resident, descriptors)]

    def look(self):
        now = time.monotonic()
        for pid in [self.pid] + children_of(self.pid):
            status = status_of(pid)
            if status:
                self.samples.setdefault(pid, []).append((now, status[0], status[1]))

    def faults(self, files):
        """What grew, in words."""
        for pid, rows in self.samples.items():
            who, most = ("parent", PARENT_PER_FILE * files + WORKER_GAIN) if pid == self.pid else ("worker", WORKER_GAIN)
            middle = (rows[0][0] + rows[-1][0]) / 2
            early = [row for row in rows if row[0] <= middle]
            late = [row for row in rows if row[0] > middle]
            if len(early) < 3 or len(late) < 3:
                continue
            if max(row[1] for row in late) > max(row[1] for row in early) + most:
                yield f"memory of a {who} grew from {max(r[1] for r in early)} to {max(r[1] for r in late)} bytes"
            if max(row[2] for row in late) > max(row[2] for row in early) + 2:
                yield f"descriptors of a {who} grew from {max(r[2] for r in early)} to {max(r[2] for r in late)}"
            if max(row[2] for row in rows) > DESCRIPTORS:
                yield f"a {who} had {max(row[2] for row in rows)} descriptors open"

    def most(self, parent, what):
        return max((row[what] for pid, rows in self.samples.items() if (pid == self.pid) == parent for row in rows), default=0)

    def left(self):
        """Workers that outlived the scan."""
        time.sleep(0.05)
        return [pid for pid in self.samples if pid != self.pid and (status_of(pid) or (0, 0, 0))[2] in (1, self.pid)
                and b"imcscan" in comm(pid)]


def comm(pid):
    try:
        with open(f"/proc/{pid}/comm", "rb") as file:
            return file.read()
    except OSError:
        return b""


class Soak:
    def __init__(self, options, room):
        self.options = options
        self.room = room
        self.messages = Mutator(read_seeds(["corpus/Imcdata/In", "corpus/Imcdata/Out", "corpus/Imcdata/Pickup", "corpus/Imcdata/Work",
                                            "corpus/rules", "corpus/formats"] + ([options.mail] if options.mail else [])), options.seed)
        self.logs = Mutator(read_seeds(["corpus/logs"]), options.seed)
        self.log_names = sorted(os.listdir("corpus/logs"))
        self.files = self.batches = self.bytes = self.deaths = self.kept = self.suspects = 0
        self.status = {}
        self.resident = [0, 0]  # most seen: parent, worker
        self.descriptors = [0, 0]
        self.faults = []

    def fault(self, text):
        self.faults.append(f"batch {self.batches}: {text}")
        print(f"FAULT batch {self.batches}: {text}", flush=True)

    def write(self, tree, count):
        for folder in set(FOLDERS) | {"Log"}:
            os.makedirs(os.path.join(tree, folder), exist_ok=True)
        rng = self.messages.rng
        for i in range(count):
            data = self.messages.next()
            self.bytes += len(data)
            with open(f"{tree}/{rng.choice(FOLDERS)}/{i:08X}", "wb", buffering=0) as file:
                file.write(data)
        for name in rng.sample(self.log_names, 3):
            with open(f"{tree}/Log/{name}", "wb", buffering=0) as file:
                file.write(self.logs.next())

    def scan(self, tree, count):
        report = os.path.join(self.room, "report.jsonl")
        if os.path.exists(report):
            os.unlink(report)
        command = [self.options.imcscan, "scan", f"--jobs={self.options.jobs}", "--format=jsonl", f"--output={report}", "--progress=never", tree]
        with open(os.path.join(self.room, "errors"), "wb") as errors:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
            watch = Watch(process.pid)
            while process.poll() is None:
                watch.look()
                time.sleep(PERIOD)
        if process.returncode not in (0, 1, 3):
            with open(os.path.join(self.room, "errors"), "rb") as errors:
                self.fault(f"exit status {process.returncode}: {errors.read()[-500:]!r}")
            self.keep_tree(tree)
            return
        for text in watch.faults(count):
            self.fault(text)
        left = watch.left()
        if left:
            self.fault(f"processes left: {left}")
        for i, parent in enumerate((True, False)):
            self.resident[i] = max(self.resident[i], watch.most(parent, 1))
            self.descriptors[i] = max(self.descriptors[i], watch.most(parent, 2))
        self.read(report, tree, count)

    def read(self, report, tree, count):
        seen, summary, dead, failed_logs = set(), {}, 0, 0
        doubled = 0
        with open(report, "rb") as file:
            for line in file:
                if line.startswith(b'{"type":"message"'):
                    value = json.loads(line)
                    if value["status"] == "missing":  # logs name a file that is not there
                        continue
                    doubled += value["path"] in seen
                    seen.add(value["path"])
                    died = [f for f in value.get("findings", ()) if f["rule"] in DEATHS]
                    if died:
                        dead += 1
                        self.keep(os.path.join(tree, value["path"]), died)
                elif line.startswith(b'{"type":"summary"'):
                    summary = json.loads(line)
                elif line.startswith(b'{"type":"artefact"') and b'"status":"failed"' in line:
                    failed_logs += 1
        if doubled or len(seen) != count:
            self.fault(f"{count} files, {len(seen)} reported, {doubled} doubled")
        missing = summary["status"]["missing"]
        if summary["seen"] != count or sum(summary["status"].values()) - missing != count:
            self.fault(f"{count} files, counts say {summary['seen']} {summary['status']}")
        deaths = summary["limits_hit"]["worker_deaths"]
        if deaths > 2 * (dead + failed_logs) or (dead and not deaths):
            self.fault(f"{deaths} workers died, {dead} files say so, {failed_logs} logs failed")
        self.deaths += deaths
        for name, number in summary["status"].items():
            self.status[name] = self.status.get(name, 0) + number
        self.suspects += sum(summary["level"][name] for name in ("medium", "high", "critical"))

    def keep(self, path, findings):
        self.kept += 1
        print(f"death: {findings[0]['rule']} {findings[0].get('detail', '')}: {path}", flush=True)
        if self.options.keep and self.kept <= 200:
            os.makedirs(self.options.keep, exist_ok=True)
            shutil.copy(path, os.path.join(self.options.keep, f"seed{self.options.seed}-batch{self.batches}-{os.path.basename(path)}"))

    def keep_tree(self, tree):
        if self.options.keep:
            shutil.copytree(tree, os.path.join(self.options.keep, f"tree-{self.batches}"), dirs_exist_ok=True)

    def batch(self, count):
        self.batches += 1
        tree = os.path.join(self.room, "Imcdata")
        self.write(tree, count)
        self.scan(tree, count)
        shutil.rmtree(tree)
        self.files += count

    def figures(self, begun):
        spent = time.monotonic() - begun
        print(f"{spent / 60:.1f} minutes, {self.batches} scans, {self.files} files, {self.bytes >> 20} MB, status {self.status}, "
              f"{self.suspects} at medium or above, {self.deaths} deaths of workers over {self.kept} files, most resident: parent "
              f"{self.resident[0] >> 20} MB, worker {self.resident[1] >> 20} MB, most descriptors: parent {self.descriptors[0]}, "
              f"worker {self.descriptors[1]}, {len(self.faults)} faults", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Scan damaged files by the hundred thousand.")
    parser.add_argument("--imcscan", default="build/imcscan")
    parser.add_argument("--mail", help="folder of real mail, read as seeds")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--files", type=int, default=2000000)
    parser.add_argument("--batch", type=int, default=20000)
    parser.add_argument("--long", type=int, default=200000, help="files of the first scan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="folder for what killed a worker")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="imcscan-soak-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as room:
        soak = Soak(options, room)
        soak.batch(options.long)
        soak.figures(begun)
        while time.monotonic() - begun < 60 * options.minutes or soak.files < options.files:
            soak.batch(options.batch)
            if soak.batches % 10 == 0:
                soak.figures(begun)
        soak.figures(begun)
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main())
