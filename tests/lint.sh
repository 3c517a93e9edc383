#!/bin/sh
# lint.sh FILE... - formatting, static analysis and shell syntax; ends non-zero on the first kind that fails.
# SPDX-License-Identifier: LGPL-2.1-or-later
# CFLAGS_LINT holds the compiler's options (set by the Makefile). LINT_NODES is how far the analyzer follows each
# function; its own default, 225000, takes three times as long and has found no more here.
set -u
bad=0
depth="-Xclang -analyzer-config -Xclang max-nodes=${LINT_NODES:-60000}"

clang-format --dry-run --Werror "$@" || { echo "lint: run 'make format'" >&2; bad=1; }

sources=$(printf '%s\n' "$@" | grep '\.c$' | grep -v '^tests/')
# shellcheck disable=SC2086
# One file a call: clang-tidy 14 carries va_list state from one file to the next and then reports it falsely.
printf '%s\n' $sources | xargs -P "$(nproc)" -n 1 sh -c 'clang-tidy --quiet "$@" -- '"$CFLAGS_LINT $depth"' 2>/dev/null' sh || bad=1

# shellcheck disable=SC2086
# readdir(3) is safe here: no room of imcscan starts a thread.
cppcheck --quiet --error-exitcode=1 --library=posix --library=gtk --std=c11 --inline-suppr \
    --enable=warning,performance,portability --suppress=missingIncludeSystem --suppress=readdirCalled -Iinclude -Isrc -j "$(nproc)" \
    $sources || bad=1

for script in $(find tests src/dist .ci -name '*.sh' -o -path .ci/run); do
    sh -n "$script" || bad=1
done
[ "$bad" -eq 0 ] && echo "lint: clean"
exit "$bad"
