#!/bin/sh
# parallel.sh - the parts of a scan by GNU parallel, on this machine and by ssh: one report.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
needs parallel
plant
export IMCSCAN
parallel_scan() { "$dist/imcscan-parallel.sh" "$@" >"$out" 2>"$err" </dev/null; }
made() { cat "$err"; parallel_scan "$@"; }

slots() { made -n 5 -S 2/: t five --reproducible && whole five; }
claim 'parts on the slots of this machine make the report of one whole scan' slots
names() {
    mkdir "it's a" && mv t "it's a/t u" && "$IMCSCAN" scan --reproducible --exclude='*/Temp/* x' "it's a/t u" -f jsonl >odd.jsonl
    made -n 2 -S : "it's a/t u" "it's a/c d" --reproducible --exclude='*/Temp/* x' && report "it's a/c d" jsonl >odd.case
    sed 1d odd.jsonl >a && sed 1d odd.case >b && cmp a b
    status=$?
    mv "it's a/t u" t
    return $status
}
claim 'names with blanks and quotes reach the parts whole' names

# A program that is killed the first time that it scans part 2, once half of it is in the case.
cat >flaky <<'END'
#!/bin/sh
case "$*" in
*--shard=2/*) [ -e killed ] || {
    "$REAL" "$@" & # shellcheck disable=SC2064
    until [ "$(stat -c %s again.part2 2>/dev/null || echo 0)" -gt 200000 ]; do sleep 0.01; done
    touch killed
    kill -KILL $!
    wait $!
    exit 137
} ;;
esac
exec "$REAL" "$@"
END
chmod +x flaky
retried() {
    REAL=$IMCSCAN IMCSCAN=$work/flaky made -n 3 -S 3/: t again --reproducible && [ -e killed ] && whole again
}
claim 'a part that is killed is gone on with, and the report stays the same' retried
failing() {
    ! IMCSCAN=$work/none made -n 3 t never && grep -q 'of 3 parts failed' "$err" && [ ! -e never ] || return 1
    made -n 3 t never --reproducible && whole never
}
claim 'without its parts there is no case; called again, it goes on' failing
there() { ! made -n 5 t five --reproducible && grep -q 'five' "$err" && whole five; }
claim 'a case that is there is not written over' there

# An own ssh daemon on the loopback, with keys of its own: two hosts of a list.
sshd=$(PATH=$PATH:/usr/sbin command -v sshd)
if [ -z "$sshd" ] || ! command -v ssh-keygen >/dev/null; then
    skip 'no sshd on this machine: hosts by ssh are not tried'
    finish
fi
port=$(free_port)
mkdir -m 700 keys
ssh-keygen -q -t ed25519 -N '' -f keys/host && ssh-keygen -q -t ed25519 -N '' -f keys/user && cp keys/user.pub keys/authorized
cat >keys/sshd <<END
Port $port
ListenAddress 127.0.0.1
HostKey $work/keys/host
PidFile none
AuthorizedKeysFile $work/keys/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
MaxStartups 50
END
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
"$sshd" -D -e -f keys/sshd 2>keys/log &
daemon=$!
trap 'kill $daemon 2>/dev/null; rm -rf "$work"' EXIT
PARALLEL_SSH="ssh -p $port -i $work/keys/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=$work/keys/known -o BatchMode=yes -o LogLevel=ERROR"
export PARALLEL_SSH
within 10 $PARALLEL_SSH 127.0.0.1 true || { skip 'ssh to the loopback is refused'; finish; }
printf '2/127.0.0.1\n2/localhost\n' >hosts
hosts() {
    made -n 6 -s hosts t remote --reproducible && whole remote && cut -f 2 remote.joblog | sort -u | tr '\n' ' ' >"$out" &&
        shows '127.0.0.1 ' && shows 'localhost '
}
claim 'parts on the hosts of a list, by ssh, make the same report' hosts
finish
