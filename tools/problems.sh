#!/bin/sh
# problems.sh OUT FILE.c...
# Writes to OUT the keys of all reasons that these sources give for a failure, one a line,
# sorted: what stands after ".key =", is handed to a function _fail or _fault, or is one side of a
# choice on a line of its own. Leaves OUT alone if nothing has changed.
set -eu
out=$1
shift
grep -hE '\.key *=|_fail *\(|_fault *\(|^[	 ]*[?:] "[a-z]' "$@" | grep -oE '"[a-z][a-z_0-9]*\.[a-z][a-z_0-9]*"' |
	tr -d '"' | sort -u >"$out.new"
if cmp -s "$out.new" "$out"; then
	rm "$out.new"
	touch "$out"
else
	mv "$out.new" "$out"
fi
