#!/usr/bin/env python3
"""long.py - each fuzz target for so many seconds of processor time, and a table of what came of it.

    long.py [--build=DIR] [--work=DIR] [--seconds=300] [--whole=1800] [--jobs=2] [TARGET...]

The fuzzers are built before (tests/fuzz/smoke.sh does). Time is that of the processor, so that a busy machine changes nothing but
how long it takes; what a target has used is kept in the work folder, and a second call goes on from there. An input that breaks a
target is kept as WORK/TARGET/broken-*, and the target is started anew, five times at most. It fails when there is such an input.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import concurrent.futures
import glob
import json
import os
import re
import signal
import subprocess
import sys
import time

LARGE = {"fuzz_evt": 65536, "fuzz_html": 65536, "fuzz_mime": 65536, "fuzz_record": 65536, "fuzz_transfer": 65536, "fuzz_whole": 65536,
         "fuzz_case": 262144}
OF_MESSAGES = {"fuzz_fields", "fuzz_mime", "fuzz_tear", "fuzz_whole"}
RESTARTS = 5
ROW = "{:<18} {:>8} {:>10} {:>9} {:>9} {:>6}"


class Target:
    def __init__(self, name, options):
        self.name = name
        self.folder = os.path.join(options.work, name)
        self.program = os.path.join(options.build, "tests/fuzz", name)
        self.need = options.whole if name == "fuzz_whole" else options.seconds
        self.state = {"cpu": 0.0, "runs": 0, "coverage": 0, "features": 0}
        for part in ("seeds", "found"):
            os.makedirs(os.path.join(self.folder, part), exist_ok=True)
        # A run that was cut off in good order goes on from what it has used.
        if os.path.exists(self.path("state")):
            with open(self.path("state"), encoding="ascii") as file:
                self.state.update(json.load(file))

    def path(self, name):
        return os.path.join(self.folder, name)

    def broken(self):
        return len(glob.glob(self.path("broken-*")))

    def command(self):
        dictionary = f"tests/fuzz/{'fuzz_split' if self.name in OF_MESSAGES else self.name}.dict"
        return [self.program, "-timeout=100", "-report_slow_units=100", "-rss_limit_mb=3072", f"-max_len={LARGE.get(self.name, 8192)}", "-print_final_stats=1",
                f"-artifact_prefix={self.folder}/broken-", *([f"-dict={dictionary}"] if os.path.exists(dictionary) else []),
                self.path("found"), self.path("seeds")]

    def note(self, before, cpu):
        """Add what this start did to what was done before it."""
        with open(self.path("log"), encoding="latin-1") as file:
            text = file.read()
        runs = re.findall(r"number_of_executed_units: (\d+)", text) or re.findall(r"^#(\d+)", text, re.M) or [0]
        reached = re.findall(r"cov: (\d+) ft: (\d+)", text)
        self.state = {"cpu": before["cpu"] + cpu, "runs": before["runs"] + int(runs[-1]),
                      "coverage": int(reached[-1][0]) if reached else before["coverage"],
                      "features": int(reached[-1][1]) if reached else before["features"]}
        with open(self.path("state"), "w", encoding="ascii") as file:
            json.dump(self.state, file)

    def start(self):
        """Once, until the time is used up or something breaks it."""
        before, stopped = dict(self.state), False
        with open(self.path("log"), "wb") as log:
            process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        while True:
            pid, _, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                self.note(before, usage.ru_utime + usage.ru_stime)
                return
            with open(f"/proc/{process.pid}/stat", encoding="latin-1") as file:
                words = file.read().rsplit(")", 1)[1].split()
            cpu = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
            self.note(before, cpu)
            if before["cpu"] + cpu >= self.need and not stopped:
                process.send_signal(signal.SIGINT)
                stopped = True
            time.sleep(2)

    def run(self):
        if not os.listdir(self.path("seeds")):
            subprocess.run(["tests/fuzz/seeds.sh", self.name, self.path("seeds")], check=False)
            crashers = glob.glob(f"corpus/crashers/{self.name}/*")
            if crashers:
                subprocess.run(["cp", *crashers, self.path("seeds")], check=True)
        starts = 0
        while self.state["cpu"] < self.need and starts <= RESTARTS:
            starts += 1
            self.start()
        return self

    def row(self):
        return ROW.format(self.name, round(self.state["cpu"]), self.state["runs"], self.state["coverage"], self.state["features"],
                          self.broken())


def main():
    parser = argparse.ArgumentParser(description="Fuzz each target for so many seconds of processor time.")
    parser.add_argument("--build", default="build/fuzz")
    parser.add_argument("--work", default="build/fuzz-long")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--whole", type=float, default=1800)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    names = options.targets or sorted(os.path.basename(path)[:-2] for path in glob.glob("tests/fuzz/fuzz_*.c"))
    targets = [Target(name, options) for name in names]
    targets.sort(key=lambda target: target.need, reverse=True)  # the long one first
    print(ROW.format("target", "seconds", "runs", "coverage", "features", "broken"), flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(target.run) for target in targets]):
            print(done.result().row(), flush=True)
    print(f"{sum(target.state['runs'] for target in targets)} runs in {sum(target.state['cpu'] for target in targets) / 60:.0f} minutes")
    return 1 if any(target.broken() for target in targets) else 0


if __name__ == "__main__":
    sys.exit(main())
