#!/bin/sh
# check-layers.sh - what a room may include and call; a breach is named with its line.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -u
bad=0

# forbid ROOM-NAME 'extended regular expression' file...
forbid() {
    room=$1 what=$2
    shift 2
    [ $# -gt 0 ] || return 0
    if grep -nHE "$what" "$@"; then
        echo "check-layers: not allowed in $room: $what" >&2
        bad=1
    fi
}
files() { find "$@" -name '*.[ch]' | LC_ALL=C sort; }
except() { grep -vxF "$1" || true; }

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]'
call='(^|[^[:alnum:]_.>])'

forbid include "$include(glib|gmime|magic|sqlite3|jansson)" $(files include)
forbid parsers "$include(rule\.h|suspect\.h|writer\.h|record\.h|stdio\.h|fcntl\.h|sqlite3|jansson|archive)" $(files parsers)
forbid parsers "${call}(open|openat|fopen|read|pread|write|printf|time|clock_gettime)[[:space:]]*\(" $(files parsers)
forbid 'parsers but mime.c' "$include(glib|gmime)" $(files parsers | except parsers/mail/mime.c)
forbid 'parsers but filetype.c' "${include}magic\.h" $(files parsers | except parsers/body/filetype.c)
forbid src/rules "$include(glib|gmime|magic|jansson|sqlite3|fcntl\.h|unistd\.h|time\.h)" $(files src/rules)
forbid src/rules "${call}(malloc|calloc|realloc|strdup|arena_[a-z]+|g_[a-z_]+|time|open|fopen|printf|fprintf)[[:space:]]*\(" $(files src/rules)
forbid src/report "$include(message\.h|facts\.h|gmime|glib|sqlite3)" $(files src/report)
forbid src/cli "$include(message\.h|arena\.h|cursor\.h|parser\.h|gmime|sqlite3)" $(files src/cli)
forbid src/rank "$include(message\.h|gmime|sqlite3|jansson)" $(files src/rank)
forbid src/spool "$include(message\.h|rule\.h|gmime|sqlite3)" $(files src/spool)
forbid 'all but worker, tests' "$include(seccomp|linux/landlock)" $(files src parsers include | grep -v '^src/worker/')
forbid 'all but casefile' "${include}sqlite3" $(files src parsers include | grep -v '^src/casefile/')
forbid 'the parent rooms' "${call}(system|popen|execv|execl|execve|execvp|socket|connect)[[:space:]]*\(" $(files src parsers)

[ "$bad" -eq 0 ] && echo "check-layers: $(files include parsers src | wc -l) files keep to their rooms"
exit "$bad"
