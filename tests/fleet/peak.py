#!/usr/bin/env python3
# peak.py COMMAND... - run it, then say the most memory that its first process and any other took, in kB.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Both as the kernel kept them (VmHWM), looked at every 20 ms and so short of what came after the last look; of the
# first process the figure is exact. Output goes to stderr; the exit status is the command's.
import os
import subprocess
import sys
import time


def high_water(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as listed:
            return listed.read().split()
    except OSError:
        return []


def peak(command, **streams):
    """The exit status, the peaks of parent and children in kB, and the CPU seconds of all."""
    before = os.times()
    run = subprocess.Popen(command, **streams)
    parent = worker = 0
    while run.poll() is None:
        parent = max(parent, high_water(run.pid))
        for child in children(run.pid):
            worker = max(worker, high_water(child))
        time.sleep(0.02)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return run.returncode, parent, worker, used


if __name__ == "__main__":
    status, first, other, seconds = peak(sys.argv[1:])
    print(f"parent {first} worker {other} cpu {seconds:.1f}", file=sys.stderr)
    sys.exit(status)
