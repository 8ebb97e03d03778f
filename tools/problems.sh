#!/bin/sh
# problems.sh OUT FILE.c...
# Writes to OUT the keys of all reasons that these sources can give for a failure, one a line,
# sorted: below the pages every key that stands there may be one, handed on through tables and
# choices (names of files aside); a page's own keys are reasons where they are named so. Leaves OUT alone if nothing has
# changed.
set -eu
out=$1
shift
for file; do
	case $file in
	src/web/*) grep -hE '\.key *=|_fail *\(|_fault *\(|_refuse *\(|^[	 ]*[?:] "[a-z]' "$file" || true ;;
	src/cmd/*) ;;
	*) cat "$file" ;;
	esac
done | grep -oE '"[a-z][a-z_0-9]*\.[a-z][a-z_0-9]*"' | tr -d '"' | grep -vE '\.(db|log|lock|h|tbl)$' | sort -u >"$out.new"
if cmp -s "$out.new" "$out"; then
	rm "$out.new"
	touch "$out"
else
	mv "$out.new" "$out"
fi
