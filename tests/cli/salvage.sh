#!/bin/sh
# salvage.sh - `imcscan salvage` makes clean mails, harms nothing and hands over nothing unproven.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
mail=t/Imcdata/In/G1X4TK19
cp "$mail" before

# ---- one message of a tree ----
first() { exits 0 salvage t G1X4TK19 --out=one && shows '0001.eml' && silent "$err"; }
claim 'a message of a tree is salvaged' first
claim 'the old one is as it was' cmp -s "$mail" before
clean() { exits 0 scan one/0001.eml && shows '1 clean' && hides charset-empty; }
claim 'what comes out is clean' clean
kept() { grep -q '^Subject: Report 19' one/0001.eml && grep -q '^The report of week 19 is ready' one/0001.eml; }
claim 'and says what the old one said' kept
account() { grep -q '"findings_removed":\[{"rule":"charset-empty"' one/0001.json && grep -q '"outcome":"rebuilt"' one/0001.json; }
claim 'the account names the finding that is gone' account
modes() { [ "$(stat -c %a one/0001.eml one/0001.json | sort -u)" = 600 ] && [ "$(stat -c %a one)" = 700 ]; }
claim 'only the user may read the files' modes
# ---- where it may write ----
again() { exits 2 salvage t G1X4TK19 --out=one && says 'one: is not empty'; }
claim 'files that are there already are left alone' again
full() {
    mkdir full && : >full/0002.eml && exits 2 salvage t G1X4TK19 G1X4TKB1 --out=full && says 'full: is not empty' && [ "$(ls full)" = 0002.eml ]
}
claim 'nor is anything written beside them' full
file() { : >file && exits 2 salvage t G1X4TK19 --out=file && says 'file: Not a directory'; }
claim 'a file is no folder' file
inside() { exits 2 salvage t G1X4TK19 --out=t/new && says 'inside the evidence' && [ ! -e t/new ]; }
claim 'nothing is written into the evidence' inside
linked() { ln -s t/Imcdata trap && exits 2 salvage t G1X4TK19 --out=trap && says 'inside the evidence' && rm trap; }
claim 'not by way of a link either' linked
claim 'without --out it is an error' exits 2 salvage t G1X4TK19
claim 'a tree without a message named is an error' exits 2 salvage t --out=none
claim '--all of a tree is an error' exits 2 salvage --all t --out=none
missing() { exits 2 salvage t NOSUCH --out=none && says 'no such message'; }
claim 'a message that is not there is an error' missing

# ---- the case ----
run scan --case=c t
all() { exits 0 salvage c --all --min-level=high --out=all && [ "$(ls all)" = "$(printf '0001.eml\n0001.json')" ]; }
claim '--all takes the messages of that level' all
same() { cmp -s one/0001.eml all/0001.eml; }
claim 'the mail is the same, byte for byte' same
told() { exits 0 report c && shows 'Salvaged, 1 in all: 1 rebuilt' && shows '0001.eml In/G1X4TK19: rebuilt, 1 part'; }
claim 'the report of the case tells it' told
jsonl() { exits 0 report -f jsonl c && shows '{"type":"salvaged","path":"In/G1X4TK19","outcome":"rebuilt"'; }
claim 'so does the one for programs' jsonl
html() { exits 0 report -f html c && shows 'id="salvaged"'; }
claim 'and the page' html
named() { exits 0 salvage c G1X4TKB1 In/G1X4TK19 --out=two && grep -q 'Report 1' two/0001.eml && grep -q 'Report 19' two/0002.eml; }
claim 'messages of a case are taken in the order named' named
twice() { exits 0 salvage c G1X4TK19 G1X4TKB1 In/G1X4TK19 --out=twice && silent "$err" && [ "$(ls twice/*.eml)" = "$(printf 'twice/0001.eml\ntwice/0002.eml')" ]; }
claim 'named twice, a message is salvaged once' twice
printf 'x' >>"$mail"
changed() { exits 3 salvage c G1X4TK19 --out=three && says 'not the file that was scanned' && [ ! -e three/0001.eml ]; }
claim 'a file that is not the one that was scanned is not handed over' changed
rm "$mail"
gone() { exits 3 salvage c G1X4TK19 --out=four && says 'no longer in the tree'; }
claim 'nor one that is gone' gone
mv t t.away
away() { exits 2 salvage c --all --out=five && says 'No such file' && ! grep -q 'no longer in the tree' "$err"; }
claim 'of a tree that is away, no message is called gone' away
mv t.away t

# ---- pickup ----
mkdir p
{
    printf 'x-sender: ann@north.example\r\nx-receiver: bob@south.example\r\nx-receiver: carl@south.example\r\n'
    printf 'From: ann@north.example\r\nTo: bob@south.example\r\nMIME-Version: 1.0\r\n'
    printf 'Content-Type: text/plain; charset=""\r\n\r\nHello.\r\n'
} >p/m.eml
mkdir -p q/Imcdata/Pickup
mv p/m.eml q/Imcdata/Pickup/m.eml
pickup() {
    exits 0 salvage q m.eml --out=pick --pickup &&
        printf 'x-sender: ann@north.example\r\nx-receiver: bob@south.example\r\nx-receiver: carl@south.example\r\n' |
        cat - pick/0001.eml | cmp - pick/0001.pickup
}
claim 'a pickup file is the mail behind the lines of its envelope' pickup

# ---- what is lost ----
printf 'From: a@north.example\r\nstray line\r\nTo: b@south.example\r\n\r\nHello.\r\n' >stray.eml
stray() {
    exits 0 salvage stray.eml --out=stray &&
        grep -qF '"lost_bytes":10,"lost":[{"offset":23,"length":10,"reason":"no field of a header"}]' stray/0001.json
}
claim 'a header line that is no field is told as lost, and where it stood' stray

# ---- what is hostile ----
{
    printf 'From: a@north.example\r\nTo: =?utf-8?Q?x=0D=0ABcc:_evil@bad.example?= <b@south.example>\r\n'
    printf 'Subject: =?utf-8?B?eA0KQmNjOiBldmlsQGJhZC5leGFtcGxl?=\r\nMIME-Version: 1.0\r\n'
    printf 'Content-Type: application/zip; charset=""\r\nContent-Disposition: attachment;\r\n'
    printf " filename*=utf-8''..%%2F..%%2Fx%%0D%%0ABcc%%3A%%20evil@bad.example.zip\r\n\r\nx\r\n"
} >h.eml
hostile() {
    exits 0 salvage h.eml --out=h && [ "$(ls h)" = "$(printf '0001.eml\n0001.json')" ] &&
        ! grep -qi '^bcc' h/0001.eml && ! grep -q '\.\./' h/0001.eml
}
claim 'a hostile header adds no line, and no name of the message is used' hostile
printf 'MZ\220\000\003\000\000\000\004\000\000\000\377\377\000\000' >exe
head -c 3000 /dev/zero >>exe
foreign() { exits 0 salvage exe --out=exe.out && exits 0 scan exe.out/0001.eml && shows '1 clean'; }
claim 'what is no mail at all is handed over behind a note' foreign
: >empty
nothing() { exits 0 salvage empty --out=empty.out && exits 0 scan empty.out/0001.eml && shows '1 clean'; }
claim 'so is nothing' nothing
finish
