#!/bin/sh
# slurm.sh - a Slurm job array scans the parts of a tree, a dependent job merges them: one report.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Slurm and munge are started here, on the loopback, with ports, keys and folders of their own: one node
# of eight slots.
. "$(dirname "$0")/lib"
PATH=$PATH:/usr/sbin:/sbin
needs slurmctld slurmd munged sbatch scancel squeue python3
plant
me=$(id -un)
host=$(hostname -s)
mkdir -p slurm/state slurm/spool slurm/munge
chmod 711 "$work" slurm slurm/munge
head -c 1024 /dev/urandom >slurm/munge/key
chmod 400 slurm/munge/key
cat >slurm/slurm.conf <<END
ClusterName=imcscan
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$work/slurm/munge/socket
SlurmUser=$me
SlurmdUser=$me
StateSaveLocation=$work/slurm/state
SlurmdSpoolDir=$work/slurm/spool
SlurmctldPidFile=$work/slurm/slurmctld.pid
SlurmdPidFile=$work/slurm/slurmd.pid
SlurmctldLogFile=$work/slurm/slurmctld.log
SlurmdLogFile=$work/slurm/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1,defer_batch
DependencyParameters=kill_invalid_depend
KillWait=1
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=10 State=UP
END
SLURM_CONF=$work/slurm/slurm.conf
export SLURM_CONF
munged --foreground --force --key-file="$work/slurm/munge/key" --socket="$work/slurm/munge/socket" \
    --pid-file="$work/slurm/munge/pid" --log-file="$work/slurm/munge/log" --seed-file="$work/slurm/munge/seed" \
    >slurm/munge/out 2>&1 &
daemons=$!
trap 'kill $daemons 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
within 10 test -S slurm/munge/socket
slurmctld -D -i >slurm/ctld.out 2>&1 &
daemons="$! $daemons"
slurmd -D -N "$host" >slurm/d.out 2>&1 &
daemons="$! $daemons"
ready() { [ "$(sinfo -h -o %T)" = idle ]; }
if ! within 20 ready; then
    skip 'Slurm does not start on this machine'
    tail -n 5 slurm/munge/out slurm/*.out slurm/*.log
    exit 0
fi

# The program of the tasks: the first time, part 3 stands still once half of it is in the case.
cat >program <<END
#!/bin/sh
case "\$*" in
*--shard=3/*) [ -e "$work/still" ] || {
    "$IMCSCAN" "\$@" &
    until [ "\$(stat -c %s "$work/all.part3" 2>/dev/null || echo 0)" -gt 100000 ]; do sleep 0.01; done
    kill -STOP \$!
    touch "$work/still"
    wait \$!
    exit
} ;;
esac
exec "$IMCSCAN" "\$@"
END
chmod +x program
IMCSCAN_REAL=$IMCSCAN
submit() { IMCSCAN=$work/program sbatch --parsable --output="$work/job-%A_%a.log" "$@"; }
state() { scontrol --oneliner show job "$1" | grep -o 'JobState=[A-Z_]*' | sort -u | tr '\n' ' '; }
is() { [ "$(state "$1")" = "JobState=$2 " ]; }
gone() { ! squeue -h -j "$1" -o %T 2>/dev/null | grep -q .; }

array=$(submit --array=1-8 "$dist/imcscan-array.sbatch" 8 t "$work/all" --reproducible)
first=$(submit --dependency="afterok:$array" "$dist/imcscan-merge.sbatch" 8 "$work/all")
killed() {
    within 60 test -e still && scancel --signal=KILL --full "${array}_3" && within 30 gone "$array" || return 1
    is "${array}_3" FAILED || is "${array}_3" CANCELLED || { state "${array}_3"; return 1; }
    report all.part3 text >"$out" && shows 'did not end'
}
claim 'a task of the array is killed half way, the others end' killed
waits() { within 30 gone "$first" && is "$first" CANCELLED && [ ! -e all ]; }
claim 'the merge that depends on it is not run' waits
again=$(submit --array=3 "$dist/imcscan-array.sbatch" 8 t "$work/all" --reproducible)
merge=$(submit --dependency="afterok:$again" "$dist/imcscan-merge.sbatch" 8 "$work/all")
restarted() {
    within 60 gone "$merge" && is "${again}_3" COMPLETED && is "$merge" COMPLETED && return 0
    state "${again}_3"; state "$merge"; cat job-*.log
    return 1
}
claim 'submitted anew, the task goes on, and the merge follows' restarted
claim 'the report is that of one whole scan, byte for byte' whole all
file() { [ -s all.jsonl ] && sed 1d all.jsonl >a && sed 1d whole.jsonl >b && [ "$(wc -l <a)" -eq "$(wc -l <b)" ]; }
claim 'the merge job wrote it as JSON Lines' file
IMCSCAN=$IMCSCAN_REAL
both() {
    command -v parallel >/dev/null || { echo 'no parallel'; return 0; }
    for k in 1 2 3 4; do cp "all.part$k" "mixed.part$k"; done
    IMCSCAN=$IMCSCAN "$dist/imcscan-parallel.sh" -n 8 -S 2/: t mixed --reproducible >/dev/null 2>"$err" && whole mixed
}
claim 'parts of the array and of GNU parallel make one case' both
finish
