#!/bin/sh
# archive.sh - an archive is scanned as the tree that it holds, and what is not read of it is said.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
demo=$(cd "$(dirname "$0")/../../corpus/Imcdata" && pwd)
cd "$work" || exit 1
mkdir demo
cp -R "$demo" demo/Imcdata
# Even seconds: zip and cab know no others.
find demo -exec env TZ=UTC touch -t 200103052007.52 {} +
"$IMCSCAN" scan --reproducible -f jsonl demo >demo.jsonl

# same ARCHIVE [OPTION...] : the report is that of the tree, byte for byte.
same() {
    run scan --reproducible -f jsonl "$@"
    [ "$status" -eq 1 ] || { echo "status $status"; cat "$err"; return 1; }
    cmp "$out" demo.jsonl
}
with() {
    tool=$1 name=$2
    shift 2
    if ! command -v "$tool" >/dev/null 2>&1; then
        skip "no $tool: no $name"
        return
    fi
    (cd demo && "$@") >made.log 2>&1 || cat made.log
    claim "$name gives the report of the tree" same "$name"
}
with tar demo.tar tar -cf ../demo.tar Imcdata
with gzip demo.tar.gz tar -czf ../demo.tar.gz Imcdata
with xz demo.tar.xz tar -cJf ../demo.tar.xz Imcdata
with zip demo.zip env TZ=UTC zip -qr ../demo.zip Imcdata
with bsdtar stored.zip bsdtar -cf ../stored.zip --format=zip --options=zip:compression=store Imcdata
with 7z demo.7z 7z a -bd ../demo.7z Imcdata
with genisoimage demo.iso genisoimage -quiet -R -o ../demo.iso .
with genisoimage joliet.iso genisoimage -quiet -J -o ../joliet.iso .
# A cabinet has no folders of their own.
with gcab demo.cab env TZ=UTC find Imcdata -type f -exec gcab -c ../demo.cab {} +

cp demo.tar.gz renamed
claim 'an archive is told by its content, not by its name' same renamed
link() { ln -s demo.tar link.tar && exits 2 scan link.tar && says 'symbolic link'; }
claim 'a link to one is not followed' link
before=$(sha256sum demo.tar)
untouched() { [ "$(sha256sum demo.tar)" = "$before" ] && exits 2 scan -o demo.tar demo.tar && [ "$(sha256sum demo.tar)" = "$before" ]; }
claim 'it is never written, not even when it is named as output' untouched
nothing_left() { [ -z "$(find . -name '99R90Z86' -not -path './demo/*')" ]; }
claim 'nothing of it is unpacked to disk' nothing_left

named() {
    run scan -f jsonl demo.tar.gz
    shows "\"archives\":[{\"path\":\"demo.tar.gz\",\"format\":\"tar.gz\",\"size\":$(wc -c <demo.tar.gz),\"members\":93,\"sha256\":\"$(sha256sum demo.tar.gz | cut -c 1-64)\"" &&
        run scan demo.tar.gz && shows "$(sha256sum demo.tar.gz | cut -c 1-64)" &&
        run scan -f html demo.tar.gz && shows "demo.tar.gz: tar.gz, " && shows "SHA-256 $(sha256sum demo.tar.gz | cut -c 1-64)"
}
claim 'the run names it with format, size and digest: jsonl, text, html' named
html() { "$IMCSCAN" scan --reproducible -f html demo >a.html; "$IMCSCAN" scan --reproducible -f html demo.tar.gz | cmp - a.html; }
claim 'details of suspects are those of the tree' html
explained() { "$IMCSCAN" explain demo In/99R90Z86 >a; "$IMCSCAN" explain demo.tar.gz In/99R90Z86 | cmp - a; }
claim 'explain finds a message in it' explained
unexplained() { exits 2 explain demo.tar.gz && says 'is an archive: name a MESSAGE'; }
claim 'and wants one to be named' unexplained
checked() { exits 1 check demo.tar.gz && shows 'DO NOT RESTART'; }
claim 'check judges it' checked
two() {
    run scan -f jsonl demo.tar demo.tar.gz
    shows '"roots":["demo.tar/Imcdata","demo.tar.gz/Imcdata"]' && shows '"seen":162'
}
claim 'several are kept apart by their names' two

kept() {
    exits 1 scan --case=kept demo.tar.gz && exits 0 report kept -f jsonl && shows '"format":"tar.gz"' &&
        exits 0 explain kept In/99R90Z86 && exits 1 scan --case=kept --resume -f jsonl demo.tar.gz &&
        "$IMCSCAN" report kept --reproducible -f jsonl | cmp - demo.jsonl
}
claim 'a case keeps it, and a scan goes on with it' kept
shards() {
    for part in 1 2 3; do run scan --shard=$part/3 --case=part$part demo.tar.gz; done
    run merge -o whole part1 part2 part3
    "$IMCSCAN" report whole --reproducible -f jsonl | cmp - demo.jsonl
}
claim 'parts of it are joined to the whole' shards
others() { run scan --shard=1/2 --case=one demo.tar; cp demo.tar keep.tar; echo >>demo.tar; run scan --shard=2/2 --case=two demo.tar; mv keep.tar demo.tar; exits 2 merge -o both one two && says 'another tree'; }
claim 'but not parts of another archive of that name' others
left_out() {
    run scan --reproducible -f jsonl --exclude='In/99R90*' demo
    cp "$out" excluded.jsonl
    "$IMCSCAN" scan --reproducible -f jsonl --exclude='In/99R90*' demo.tar.gz | cmp - excluded.jsonl
}
claim 'files of it are left out by --exclude' left_out
batch() { exits 1 scan -f jsonl --reproducible -o out/ demo.tar demo.tar.gz && cmp out/1-demo-tar.jsonl demo.jsonl && cmp out/2-demo-tar-gz.jsonl demo.jsonl; }
claim 'a batch takes it' batch
hidden() { run scan --redact -f jsonl demo.tar.gz; hides 'demo.tar' && shows '"format":"tar.gz"'; }
claim 'a redacted report hides its name' hidden
jobs() { "$IMCSCAN" scan --reproducible -f jsonl -j 1 demo.tar.xz >a; "$IMCSCAN" scan --reproducible -f jsonl -j 7 demo.tar.xz | cmp - a; }
claim 'the report does not depend on the number of workers' jobs

cut() { head -c 300000 demo.tar >cut.tar; exits 1 scan cut.tar && shows 'was not read whole' && shows 'what follows the last of them is not known'; }
claim 'a broken one is said to be broken, and keeps what was read' cut
cut_parts() {
    for part in 1 2; do run scan --shard=$part/2 --case=cut$part cut.tar; done
    run scan --reproducible -f jsonl cut.tar && cp "$out" cut.jsonl
    exits 0 merge -o cut cut1 cut2 && run report cut --reproducible -f jsonl && cmp "$out" cut.jsonl
}
claim 'its parts, joined, say so, too' cut_parts
little() {
    tree small
    rm small/Imcdata/In/G1X4TK19
    tar -C small -cf small.tar Imcdata && head -c 8192 small.tar >broken.tar
    exits 0 scan small.tar && exits 3 scan broken.tar && shows 'cut.tar' || exits 3 scan broken.tar
}
claim 'and is never clean: 3' little
nothing() { head -c 100 demo.tar.gz >nothing.tar.gz; exits 3 scan nothing.tar.gz && shows 'No member of the archive nothing.tar.gz could be read'; }
claim 'so is one of which nothing can be read' nothing
over() {
    exits 3 scan --archive-limit=1 --exclude='[!x]*' big.tar.gz && shows '--archive-limit'
}
mkdir -p big/In && head -c 3000000 /dev/zero >big/In/G1X4TK19 && tar -C big -czf big.tar.gz In
claim 'what lies beyond --archive-limit has failed: 3' over
refused() { exits 2 scan --archive-limit=0 demo.tar && exits 2 scan --archive-names=CP99999 demo.tar && says 'CP99999'; }
claim 'options that make no sense are refused' refused

if command -v python3 >/dev/null 2>&1; then
    python3 - <<'PYTHON'
import warnings, zipfile
warnings.simplefilter("ignore")
letter = "From: a@example.org\r\nTo: b@example.com\r\n\r\nHello.\r\n"
with zipfile.ZipFile("odd.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name in ("/In/G1X4TK1B", "../In/G1X4TK1C", "In\\G1X4TK1D", "In/G1X4TK1F", "In/G1X4TK1F", "In/more.zip"):
        archive.writestr(zipfile.ZipInfo(name, (2001, 3, 5, 20, 7, 52)), letter)
    archive.writestr(zipfile.ZipInfo("In/caf\u00e9", (2001, 3, 5, 20, 7, 52)), letter)
data = open("odd.zip", "rb").read()
open("dos.zip", "wb").write(data.replace(b"G1X4TK1B", b"G1X4TK1\x82"))
PYTHON
    odd() {
        run scan -f jsonl odd.zip
        shows '"seen":7' && shows '"path":"In/G1X4TK1F (duplicate 2)"' && shows '"path":"G1X4TK1C"' &&
            shows '"roots":["","(..)"]' || shows '(..)' || return 1
        shows 'In the archive odd.zip: 2 names lead out of it' && shows '1 names came before' && shows '1 archives in it were not unpacked'
    }
    claim 'odd names are shown below the archive, and counted' odd
    charset() {
        run scan -f jsonl dos.zip
        shows 'G1X4TK1\u00E9' && shows 'In/caf\u00E9' || return 1
        run scan -f jsonl --archive-names=KOI8-R dos.zip
        hides 'G1X4TK1\u00E9' && shows 'In/caf\u00E9'
    }
    claim 'names are those of CP437, or of the charset that is named; UTF-8 where the archive says so' charset
else
    skip 'no python3: no odd zip files'
fi
finish
