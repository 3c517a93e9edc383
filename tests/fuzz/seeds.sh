#!/bin/sh
# seeds.sh TARGET DIRECTORY - write what corpus/ holds for a fuzz target, one file a seed.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -eu
target=$1
to=$2
LC_ALL=C
export LC_ALL

files() { find "$@" -type f -name '*.eml' -size -32k -o -path '*/Imcdata/*' -type f -size -32k; }

# whole PREFIX - each message, behind the prefix.
whole() {
    n=0
    files corpus | while IFS= read -r file; do
        n=$((n + 1))
        { printf %s "$1"; cat "$file"; } >"$to/$n"
    done
}

# values NAMES - each different value of the fields so named, with its folding.
values() {
    files corpus | tr '\n' '\0' | xargs -0 cat | awk -v to="$to" -v names="^($1)\$" '
        function out(file) {
            file = to "/" ++n
            if (value != "" && !seen[value]++) {
                printf "%s", value >file
                close(file)
            }
            value = ""
        }
        /^[ \t]/ { if (value != "") value = value "\n" $0; next }
        { out(); i = index($0, ":") }
        i && tolower(substr($0, 1, i - 1)) ~ names { value = substr($0, i + 1) }
        END { out() }'
}

# bodies PREFIX PATTERN - what follows the header of each message in folders that match, behind the prefix.
bodies() {
    n=0
    files corpus/rules corpus/formats | grep -E "$2" | while IFS= read -r file; do
        n=$((n + 1))
        { printf %s "$1"; sed '1,/^\r*$/d' "$file"; } >"$to/$n"
    done
}

# streams - the TNEF streams, decoded.
streams() {
    n=0
    files corpus | tr '\n' '\0' | xargs -0 grep -l '^eJ8+' | while IFS= read -r file; do
        n=$((n + 1))
        sed -n '/^eJ8+/,/^\r*$\|^--/p' "$file" | grep -v '^-' | tr -d '\r' |
            base64 -d -i >"$to/$n" 2>/dev/null || true
    done
}

# attached PATTERN - what base64 hides in the folders of rules that match, decoded.
attached() {
    n=0
    files corpus/rules | grep -E "$1" | while IFS= read -r file; do
        n=$((n + 1))
        sed -n '/^Content-Transfer-Encoding: base64/,/^--/p' "$file" | grep -v '^-\|^Content' |
            tr -d '\r' | base64 -d -i >"$to/$n" 2>/dev/null || true
    done
}

# logs PATTERN - the logs of names that match, behind a byte for the size of the pieces.
logs() {
    for file in corpus/logs/*; do
        # shellcheck disable=SC2254 # a pattern is meant
        case $(basename "$file") in
        $1) { printf M; cat "$file"; } >"$to/$(basename "$file")" ;;
        esac
    done
}

# weights - the usual numbers, as the program prints them.
weights() {
    imcscan=${IMCSCAN:-build/imcscan}
    printf '[weights]\nw-loop=0.0078125\nh=0.1\nlevel-high=6\n\n[evidence]\nevent-names-file=8\n' >"$to/short"
    printf 'w-loop=0x1p-7\nevent-names-file=0x1p+3\n' >"$to/kept"
    [ ! -x "$imcscan" ] || "$imcscan" rules --weights >"$to/usual"
}

# cases - cases of a few messages, if there is a program to make them.
cases() {
    imcscan=${IMCSCAN:-build/imcscan}
    [ -x "$imcscan" ] || return 0
    n=0
    files corpus/rules | head -n 60 | while IFS= read -r file; do
        n=$((n + 1))
        "$imcscan" scan --jobs=1 --case="$to/$n" "$file" >/dev/null 2>&1 || true
    done
    for tree in corpus/rules/evidence-event-file/hit corpus/rules/evidence-store-event/hit; do
        "$imcscan" scan --jobs=1 --case="$to/$(basename "$(dirname "$tree")")" --evidence="$(find $tree -maxdepth 1 -type f | head -n 1)" \
            "$tree" >/dev/null 2>&1 || true
    done
}

# archives - two messages and a log in every format that a tool is there for, behind the letter of a charset.
archives() {
    made=$(mktemp -d)
    mkdir -p "$made/Imcdata/In" "$made/Imcdata/Log"
    cp corpus/Imcdata/In/99R90Z86 corpus/Imcdata/In/99R90BPJ "$made/Imcdata/In"
    cp corpus/Imcdata/Log/L0000007.LOG "$made/Imcdata/Log"
    (
        cd "$made"
        tar -cf 1 --format=ustar Imcdata
        tar -cf 2 --format=pax Imcdata
        tar -czf 3 --format=gnu Imcdata
        tar -cjf 4 Imcdata || rm -f 4
        tar -cJf 5 Imcdata || rm -f 5
        zip -qr 6.zip Imcdata || true
        bsdtar -cf 7 --format=zip --options=zip:compression=store Imcdata || true
        7z a -bd 8.7z Imcdata || true
        7z a -bd -m0=PPMd 9.7z Imcdata || true
        genisoimage -quiet -R -J -o 10 Imcdata/Log || true
        find Imcdata -type f -exec gcab -cz 11 {} + || true
    ) >/dev/null 2>&1
    for file in "$made"/[0-9]*; do
        { printf A; cat "$file"; } >"$to/$(basename "$file")"
    done
    rm -r "$made"
}

case $target in
fuzz_archive) archives ;;
fuzz_case) cases ;;
fuzz_evt) logs '*.evt' ;;
fuzz_eventtext) logs 'appevent*[tv]' ;;
fuzz_drwatson) logs 'drwtsn*' ;;
fuzz_copylog) logs '[mr]*[go]*' ;;
fuzz_smtplog) logs 'L*' ;;
fuzz_tracking) logs '2*' ;;
fuzz_queuedat) logs 'queue*' ;;
fuzz_weights) weights ;;
fuzz_tear | fuzz_whole) whole A ;;
fuzz_conform | fuzz_envelope | fuzz_fields | fuzz_lines | fuzz_mime | fuzz_split) whole '' ;;
fuzz_logs) logs ;;
fuzz_examine | fuzz_salvage) whole A ;;
fuzz_envelope | fuzz_fields | fuzz_lines | fuzz_mime | fuzz_split) whole '' ;;
fuzz_params) values 'content-type|content-disposition' ;;
fuzz_address) values 'from|to|cc|bcc|sender|reply-to|resent-to' ;;
fuzz_date) values 'date|resent-date|received' ;;
fuzz_words) values 'subject|from|to|cc|content-type|comments' ;;
fuzz_transfer) bodies '' 'base64|quoted|qp|body|uuencode|yenc|encod' ;;
fuzz_uuencode) bodies '' uuencode ;;
fuzz_binhex) bodies '' binhex ;;
fuzz_charset) bodies A 'charset|iso2022' ;;
fuzz_html) bodies '' 'url|html|font' ;;
fuzz_tnef) streams ;;
fuzz_complete | fuzz_filetype) attached 'attachment-' ;;
fuzz_search) whole A4 ;;
fuzz_description) head -c 1800 /dev/zero >"$to/rows" ;;
fuzz_asn1) attached smime ;;
fuzz_rtf) bodies '' 'rtf|font' ;;
fuzz_notice) bodies A report ;;
esac
