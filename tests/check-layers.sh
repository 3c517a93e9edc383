#!/bin/sh
# check-layers.sh - what a room may include and call; a breach is named with its line.
# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck disable=SC2046,SC2086 # lists of names are meant to be split
set -uf
bad=0

# breach ROOM WHAT LINES: no lines, no breach.
breach() {
    [ -n "$3" ] || return 0
    printf '%s\n' "$3"
    echo "check-layers: not allowed in $1: $2" >&2
    bad=1
}

# Words as one regular expression; '*' in a word stands for any name.
either() { printf '%s\n' "$@" | sed 's/\./\\./g; s/\*/[a-z0-9_]+/g' | paste -s -d '|'; }
include='#[[:space:]]*include[[:space:]]*[<"]'

# only ROOM 'headers' file...: the headers that it may include, and no other.
only() {
    room=$1 allowed=$(either $2)
    shift 2
    breach "$room" 'this header' \
        "$(grep -nHE "^[[:space:]]*$include" "$@" | grep -vE ":[[:space:]]*$include($allowed)[\">]")"
}

# never ROOM 'headers' file...: headers that it may not include.
never() {
    room=$1 headers=$(either $2)
    shift 2
    breach "$room" 'this header' "$(grep -nHE "^[[:space:]]*$include($headers)" "$@")"
}

# nocall ROOM 'functions' file...
nocall() {
    room=$1 functions=$(either $2)
    shift 2
    breach "$room" 'this call' "$(grep -nHE "(^|[^[:alnum:]_.>])($functions)\(" "$@")"
}

files() { find "$@" -name '*.[ch]' | LC_ALL=C sort; }
headers() { find "$@" -name '*.h' | sed 's|.*/||' | LC_ALL=C sort; }
except() { grep -vxF "$(printf '%s\n' "$@")"; }
outside() { files include parsers src | grep -vE "^($1)"; }

# ---- what a room may include ---------------------------------------------------------------------

types='stdalign.h stdbool.h stddef.h stdint.h inttypes.h limits.h errno.h assert.h'
memory='string.h stdlib.h'
system='unistd.h fcntl.h sys/stat.h'

only include "$types stdio.h $(headers include)" $(files include)
only src/base "$types $memory $(headers include) base/bytes_*.h base/bytes_scan.def emmintrin.h immintrin.h" $(files src/base)

# Of the contracts parsers see the message and what it is made of; five have a library of their own.
of_parsers="$types $memory packed.h slice.h arena.h bytes.h cursor.h facts.h folder.h message.h parser.h evidence.h torn.h unpack.h \
    $(headers parsers)"
mime=parsers/mail/mime.c
sums=parsers/mail/conform_sums.c
filetype=parsers/body/filetype.c
convert=parsers/body/charset_convert.c
archive=parsers/archive.c # before any message: it sees none
only parsers "$of_parsers ../body/charset.h" $(files parsers | except $mime $sums $filetype $convert $archive parsers/archive_names.c)
only $archive "$types string.h slice.h packed.h archive_magic.h archive.h archive_entry.h" $archive
names=parsers/archive_names.c
only $names "$types packed.h iconv.h locale.h" $names
only $mime "$of_parsers gmime/gmime.h" $mime
only $sums "$of_parsers openssl/evp.h" $sums
only $filetype "$of_parsers magic.h openssl/evp.h unistd.h" $filetype
only $convert "$of_parsers iconv.h" $convert
never 'parsers/mail but words*.c' '../body/' $(files parsers/mail | grep -v '/words')

# A rule sees the message and its sink; the four files that run rules see the record too.
of_rules="$types string.h rules/*.h rules/cases.def rule.h message.h facts.h finding.h slice.h folder.h"
running='src/rules/findings.c src/rules/findings.h src/rules/run.c src/rules/run.h'
across=src/rules/across.c # judges a tree, not a message: it makes clues
only src/rules "$of_rules" $(files src/rules | except $running $across)
only $across "$of_rules stdio.h across.h" $across
never src/rules 'rules/findings.h rules/run.h' $(files src/rules | except $running)
only 'what runs rules' "$of_rules stdarg.h stdio.h record.h" $running

only src/spool "$types $memory $system dirent.h sys/syscall.h linux/openat2.h sys/mman.h sys/random.h openssl/evp.h stdio.h \
    slice.h folder.h packed.h worker/unpack.h spool/*.h $(headers src/spool)" $(files src/spool)
only src/casefile "$types $memory $system stdio.h stdarg.h time.h sys/mman.h sqlite3.h slice.h folder.h \
    array.h record.h rule.h suspect.h clue.h evidence.h description.h casefile/*.h" $(files src/casefile)
only src/rank "$types $memory math.h openssl/evp.h slice.h folder.h record.h rule.h suspect.h clue.h evidence.h \
    array.h casefile/spill.h casefile/sorter.h rank/*.h" $(files src/rank)
only src/report "$types $memory stdio.h stdarg.h jansson.h libxml/*.h slice.h folder.h record.h rule.h suspect.h \
    writer.h description.h clue.h salvage.h report/*.h" $(files src/report | except src/report/redact.c)
only src/report/redact.c "$types $memory stdio.h openssl/evp.h suspect.h report/redact.h" src/report/redact.c

# What makes a mail anew sees the model and what parsers take out of it; no I/O.
only src/salvage "$types $memory stdio.h slice.h arena.h facts.h folder.h message.h salvage.h unpack.h \
    salvage/*.h" $(files src/salvage)

# What joins logs and files does no I/O and sees no message.
only src/correlate "$types $memory stdio.h stdarg.h time.h slice.h folder.h finding.h record.h rule.h \
    suspect.h clue.h evidence.h array.h correlate/*.h" $(files src/correlate)

# The command line sees the other rooms by their public headers, and no evidence.
never src/cli 'message.h facts.h finding.h arena.h cursor.h parser.h unpack.h rules/ salvage/' $(files src/cli)
never src/cli 'worker/pool_private.h worker/post.h worker/child.h worker/serve.h worker/examine.h
    worker/fill.h worker/input.h worker/slot.h worker/channel.h worker/sandbox.h worker/death.h
    rank/tree.h rank/score.h rank/posterior.h report/textual.h report/formats.h report/utf8.h
    correlate/joins.h spool/walker.h spool/layout.h spool/open.h spool/name.h spool/start.h' $(files src/cli)
never src/worker 'cli/ report/ rank/ casefile/ spool/ writer.h suspect.h' $(files src/worker)
never 'src/worker but what examines' 'parser.h arena.h message.h' \
    $(files src/worker | grep -vE '/(examine|fill|describe|readings|libraries|task)\.[ch]$')

weights=src/cli/weights.c
never 'all but mime.c' 'gmime gio gobject' $(outside $mime)
never 'all but mime.c and the reader of weights' 'glib' $(outside "$mime|$weights")
never 'all but filetype.c' 'magic.h' $(outside $filetype)
never 'all but archive.c' 'archive.h archive_entry.h' $(outside $archive)
never 'all but src/worker' 'seccomp linux/seccomp linux/landlock' $(outside src/worker/)
never 'all but src/report and src/cli' 'jansson' $(outside 'src/report/|src/cli/')
never 'all but src/report' 'libxml' $(outside src/report/)
never 'all but src/casefile' 'sqlite3' $(outside src/casefile/)

# ---- what a room may call ------------------------------------------------------------------------

allocating='malloc calloc realloc reallocarray strdup strndup asprintf'
opening='open openat fopen popen opendir'
printing='printf fprintf vprintf vfprintf puts fputs putchar perror warn warnx err errx'
asking='time clock_gettime gettimeofday getenv rand random'

nocall parsers "$allocating $opening $printing $asking read pread write" $(files parsers)
nocall src/rules "$allocating free arena_* g_* $opening $printing $asking read write" $(files src/rules)
nocall src/salvage "$allocating free $opening $printing $asking read write" $(files src/salvage)
nocall src/base "$opening $printing $asking read write" $(files src/base)
nocall src/rank "$opening $printing $asking" $(files src/rank)
nocall src/correlate "$opening $printing $asking" $(files src/correlate)
nocall src/report "$opening $asking printf puts putchar localtime" $(files src/report)
nocall src/worker "$printing openat opendir stat lstat rename unlink" $(files src/worker)
# /dev/null for workers; paths that Landlock is told.
nocall 'src/worker but sandbox.c and landlock.c' 'open fopen' \
    $(files src/worker | except src/worker/sandbox.c src/worker/landlock.c)
nocall 'all but src/spool, the opener of evidence' 'openat openat2 opendir fdopendir readdir' \
    $(outside src/spool/)
nocall 'any room' 'system popen execv execl execve execvp socket connect gets strtok alloca' $(outside ' ')

[ "$bad" -eq 0 ] && echo "check-layers: $(outside ' ' | wc -l) files keep to their rooms"
exit "$bad"
