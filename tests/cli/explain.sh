#!/bin/sh
# explain.sh - `imcscan explain` tells all about one message, and nothing hostile gets out of it.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
top=$(pwd)
cd "$work" || exit 1
tree t

# ---- which message ----
file() { exits 0 explain t/Imcdata/In/G1X4TK19 && shows charset-empty && shows 'folder     in' && silent "$err"; }
claim 'a single file is explained, with the folder it lies in' file
named() { exits 0 explain t "$1" && shows 'message    In/G1X4TK19' && shows 'folder     in'; }
claim 'a message of a tree is called by its path' named In/G1X4TK19
claim 'in any case' named in/g1x4tk19
claim 'with the backslash of the server' named 'IN\g1x4tk19'
claim 'by its name alone when that is unique' named g1x4tk19
message t/Imcdata/Out/G1X4TK19 7
twice() { exits 2 explain t G1X4TK19 && says In/G1X4TK19 && says Out/G1X4TK19 && silent "$out"; }
claim 'a name that stands twice is an error that lists both' twice
claim 'the path settles it' named In/G1X4TK19
message t/Imcdata/In/g1x4tk19 8
exact() { exits 0 explain t In/g1x4tk19 && shows 'message    In/g1x4tk19'; }
claim 'where names differ by case alone, case decides' exact
rm t/Imcdata/In/g1x4tk19 t/Imcdata/Out/G1X4TK19
odd=$(printf 't/Imcdata/In/a\033b')
message "$odd" 9
escaped() { exits 0 explain t 'In/a\x1bb' && shows 'In/a\x1bb'; }
claim 'a name is understood as reports show it' escaped
missing() { exits 2 explain t In/NOSUCH && says 'In/NOSUCH: no such message' && silent "$out"; }
claim 'a message that is not there is an error' missing
claim 'a tree without a message named is an error' exits 2 explain t
claim 'a message below a file is an error' exits 2 explain t/Imcdata/In/G1X4TK19 x
claim 'a path that is not there is an error' exits 2 explain nowhere
claim 'neither path nor rule is an error' exits 2 explain
claim 'both are one, too' exits 2 explain --rule=charset-empty t
claim 'so are three names' exits 2 explain t a b
printf 'not mail' >t/Imcdata/queue.dat
artefact() { exits 2 explain t queue.dat && says 'is no message'; }
claim 'a file that is no message is named as such' artefact
mkfifo t/Imcdata/In/G1X4TKF1
ln -s G1X4TK19 t/Imcdata/In/G1X4TKL1
excluded() { exits 2 explain t G1X4TKF1 && says 'was not opened' && exits 2 explain t G1X4TKL1 && says 'was not opened'; }
claim 'a FIFO and a link of the tree are not opened' excluded

# ---- what it says ----
{
    printf 'From: a@north.example\r\nSubject: \033]0;owned\007\302\233\r\n\t\342\200\256folded\r\nMIME-Version: 1.0\r\n'
    printf 'Content-Type: multipart/mixed; boundary="one"; boundary=two\r\nContent-Type: text/plain\r\n'
    printf 'Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n'
    printf 'Content-Disposition: attachment; filename="\033[2J"\r\nContent-Disposition: inline\r\n\r\n'
    printf -- '--one\r\nContent-Type: text/plain; name=a.exe\r\nContent-Disposition: attachment; filename=b.txt\r\n\r\nx\r\n'
    printf -- '--two\r\n\r\ny\r\n--one--\r\n--two--\r\n'
} >both.eml
run explain both.eml
# Not one byte below 0x20 but the line end, and no 8-bit byte: what is hostile here is all shown as \xNN.
tame() { [ "$status" -eq 0 ] && [ "$(LC_ALL=C tr -d '\n\040-\176' <"$out" | wc -c)" -eq 0 ]; }
claim 'hostile bytes never come out raw' tame
quoted() { shows '\x1b]0;owned\x07' && shows '\xe2\x80\xaefolded'; }
claim 'they are shown by their numbers' quoted
{
    printf 'From: a@north.example\r\nMIME-Version: 1.0\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n'
    printf 'Content-Transfer-Encoding: 7bit\r\n\r\nR0lGODlhAQABAIAAAA==\r\n'
} >two.eml
readers() { exits 0 explain two.eml && shows 'Two readings of the encoding' && shows 'imcscan: "base64"' && shows 'GMime: "none"'; }
claim 'what GMime reads in another way stands beside our reading' readers
claim 'libmagic says what a part holds' shows 'a GIF image; libmagic: image/gif'
run explain both.eml
# Columns, not bytes: printable UTF-8 passes unchanged, and its continuation bytes take no room.
narrow() { LC_ALL=C tr -d '\200-\277' <"$out" | awk 'length > 80 { print; bad = 1 } END { exit bad }'; }
claim 'and fit 80 columns' narrow
# reads FIRST LAST : both in this order.
reads() { grep -A6 -F "$1" "$out" | tr -s ' \n' ' ' >flat; grep -qF "$2" flat && grep -qF "$3" flat || { cat flat; return 1; }; }
claim 'both readings of a repeated Content-Type' reads 'Content-Type stands 2' 'first wins (imcscan reads so): "multipart/mixed;' 'last wins: "text/plain"'
claim 'of a repeated Content-Transfer-Encoding' reads 'Content-Transfer-Encoding stands 2' '"base64"' 'last wins: "7bit"'
claim 'of a repeated Content-Disposition' reads 'Content-Disposition stands 2' 'attachment' 'last wins: "inline"'
claim 'of a repeated boundary' reads 'Parameter boundary stands 2' 'boundary "one"; 2 line(s)' 'last wins: "two"'
claim 'of two different file names' reads 'Two different file names' '"b.txt"' '"a.exe"'
claim 'of a multipart with a transfer encoding' reads 'A transfer encoding where none' 'as it stands' 'decoded first, as "base64"'
claim 'of parts that GMime sees otherwise' reads 'imcscan and GMime see' 'imcscan: part 1' 'GMime: byte'
sums() { run explain both.eml; shows "$(sha256sum both.eml | cut -d' ' -f1)" && shows "$(wc -c <both.eml | tr -d ' ') bytes"; }
claim 'size and SHA-256 are those of the file' sums
colour() { exits 0 explain --color=always both.eml && grep -q "$(printf '\033\\[')" "$out" && exits 0 explain both.eml && ! grep -q "$(printf '\033')" "$out"; }
claim 'colour only on demand' colour
printf '' >empty.eml
claim 'an empty file can be explained' exits 0 explain empty.eml
# The same noise at every run, once as a body and once inside a field, where some of it is valid UTF-8 by chance
# (Latin letters of one column: lead bytes above 0xc3 are left out).
noise() { LC_ALL=C awk -v seed="$1" 'BEGIN { srand(seed); for (i = 0; i < 200000; i++) printf "%c", 1 + int(255 * rand()) }'; }
noise 1 >noise.eml
{ printf 'X-Noise: '; noise 2 | tr -d '\r\n\304-\377' | head -c 5000; printf '\303\244%.0s' $(seq 200); printf '\r\n\r\nx\r\n'; } >field.eml
noisy() { exits 0 explain "$1" && narrow; }
claim 'so can noise' noisy noise.eml
claim 'and noise in a header field' noisy field.eml
{ printf 'To: x\r\n'; yes 'X-Many: fields' | head -n 3000; printf '\r\n'; } >many.eml
many() { exits 0 explain many.eml && shows 'Not shown, for want of room: at least 1401 header fields'; }
claim 'what is not shown is counted' many
cp -p both.eml before
unchanged() { exits 0 explain both.eml && cmp both.eml before && [ ! both.eml -nt before ]; }
claim 'the evidence stays as it was' unchanged
# Ten megabytes take longer than a millisecond, wherever this runs: the worker dies, and that is told.
{ message /dev/stdout 1; yes 'line after line of text' | head -c 10000000; } >large.eml
dies() {
    run explain --time-limit=0.001+0 large.eml
    [ "$status" -eq 2 ] && says 'large.eml: the worker died' && shows 'message    large.eml' && shows parser-timed-out && hides 'MIME tree'
}
claim 'a worker that dies leaves what is known from outside, and status 2' dies
full() { "$IMCSCAN" explain both.eml >/dev/full 2>"$err"; [ $? -eq 2 ]; }
claim 'a full disk is an error' full

# ---- all of the demo tree, against scan ----
cd "$top" || exit 1
if command -v python3 >/dev/null 2>&1; then
    agree() {
        python3 - "$IMCSCAN" corpus/Imcdata <<'PYTHON'
import json, re, subprocess, sys
imcscan, tree = sys.argv[1:]
report = subprocess.run([imcscan, "scan", "-f", "jsonl", tree], capture_output=True, text=True).stdout
count = bad = 0
for line in report.splitlines():
    message = json.loads(line)
    if message["type"] != "message" or message["status"] == "excluded":
        continue
    told = subprocess.run([imcscan, "explain", tree, message["path"]], capture_output=True)
    text = told.stdout.decode()
    seen = []
    for block in re.split(r"\n(?= *\d+\. [a-z0-9-]+  )", text.split("\nMIME tree")[0].split("\nRead in two")[0])[1:]:
        rule = re.match(r" *\d+\. ([a-z0-9-]+)", block).group(1)
        place = re.search(r"\n {5}byte (\d+) \(0x[0-9a-f]+\), (\d+) bytes?, line (\d+)", block)
        seen.append((rule,) + tuple(map(int, place.groups())) if place else (rule,))
    wanted = [(f["rule"], f["offset"], f["length"], f["line"]) if f.get("offset") is not None else (f["rule"],)
              for f in message["findings"]]
    count += len(wanted)
    if told.returncode or sorted(seen) != sorted(wanted) or message["sha256"] not in text:
        print(message["path"], told.returncode, told.stderr, sorted(set(wanted) ^ set(seen)))
        bad += 1
print(count, "findings")
sys.exit(bad > 0 or count < 50)
PYTHON
    }
    claim 'every message of the demo tree is explained, with the rules, offsets and lines of scan -f jsonl' agree
else
    skip 'offsets agree with scan -f jsonl: no python3 here'
fi
cd "$work" || exit 1
finish
