#!/bin/sh
# html.sh - the HTML report from the command line: whole, well-formed, the same each time.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
bad 't/Imcdata/In/<script>alert(1)<\script>' 31
bad "t/Imcdata/Out/$(printf 'a\377\033]0;x\a&quot;')" 32
mkfifo t/Imcdata/In/G1X4TKFF
printf 'queue' >t/Imcdata/queue.dat

claim 'scan -f html tells of suspects by its exit status' exits 1 scan -f html -o report.html t
if command -v xmllint >/dev/null 2>&1; then
    well_formed() { xmllint --noout --nonet report.html; }
    claim 'the report is well-formed XML' well_formed
    # ask XPATH VALUE
    ask() {
        got=$(xmllint --nonet --xpath "$1" report.html) || return 1
        [ "$got" = "$2" ] || { echo "$1 is $got, not $2"; return 1; }
    }
    element() { echo "//*[local-name()='$1'$2]"; }
    claim 'every file met has a row' ask "count($(element section " and @id='files'")//*[local-name()='tbody']/*)" 16
    claim 'the suspects have sections' ask "count($(element section " and @class='suspect'"))>=3" true
    claim 'what is no file is named with the reason' ask \
        "contains(string($(element section " and @id='undone'")),'G1X4TKFF')" true
    claim 'artefacts are listed' ask "contains(string($(element section " and @id='artefacts'")),'queue.dat')" true
    claim 'there is one script, and no attribute that runs one' ask \
        "count($(element script))+count(//@*[starts-with(local-name(),'on')])" 1
else
    skip 'the report as XML: xmllint is not there'
fi
outside() { ! grep -nE 'https?://' report.html | grep -vF -e 'http://www.w3.org/1999/xhtml' -e 'http://www.w3.org/2000/svg'; }
claim 'nothing points outside but the names of HTML and SVG' outside
policy() { grep -qF "content=\"default-src 'none'; script-src 'sha256-" report.html; }
claim 'the policy forbids all else' policy
same() {
    exits 1 scan -f html --reproducible --jobs=1 -o one.html t && exits 1 scan -f html --reproducible --jobs=2 -o two.html t &&
        cmp one.html two.html
}
claim 'with --reproducible the same tree gives the same bytes' same
nowhere() { ! grep -F "$(uname -n)" one.html; }
claim 'and does not name the host' nowhere
finish
