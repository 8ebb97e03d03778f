#!/bin/sh
# tests/fuzz/run.sh BUILD SECONDS [each|together]
# Feeds each parser of outside bytes with inventions, for so many seconds each or all of them
# together, beginning with the examples in tests/fuzz/NOUN/ and the words in
# tests/fuzz/NOUN.dict, if there are any. What once broke it lies in tests/fuzz/found/NOUN/ and
# is tried first, in full. What it learned is kept in BUILD/fuzz/corpus, what broke it
# in BUILD/fuzz/crash. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$build/fuzz/crash"

names=$(for file in tests/fuzz/fuzz_*.c; do [ -e "$file" ] && basename "$file" .c; done)
seconds=$2
if [ "${3:-each}" = together ]; then
	seconds=$(($2 * $(nproc) / $(echo "$names" | wc -l)))
	[ "$seconds" -gt 0 ] || seconds=1
fi

one='
	name=$1 noun=${1#fuzz_} build=$2 seconds=$3 work=$4
	program=$build/fuzz/fuzz/$name
	found=$(find "tests/fuzz/found/$noun" -type f 2>/dev/null)
	if [ -n "$found" ]; then
		timeout -k 10 120 "$program" -timeout=20 $found >"$work/$name" 2>&1 && touch "$work/$name.found"
	fi
	corpus=$build/fuzz/corpus/$name
	mkdir -p "$corpus"
	seeds=tests/fuzz/$noun dict=tests/fuzz/$noun.dict
	[ -d "$seeds" ] || seeds=
	[ -e "$dict" ] && dict=-dict=$dict || dict=
	timeout -k 10 $((seconds + 60)) "$program" $dict -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=2048 -artifact_prefix="$build/fuzz/crash/$name-" "$corpus" $seeds \
		>>"$work/$name" 2>&1 && touch "$work/$name.good"'
printf '%s\n' $names | xargs -r -P "$(nproc)" -I NAME sh -c "$one" sh NAME "$build" "$seconds" "$work"

passed=0
failed=0
for name in $names; do
	found=$(find "tests/fuzz/found/${name#fuzz_}" -type f 2>/dev/null | wc -l)
	if [ -e "$work/$name.good" ] && { [ "$found" = 0 ] || [ -e "$work/$name.found" ]; }; then
		passed=$((passed + 1 + found))
		echo "$name: $(grep -E '^Done' "$work/$name"), $found found earlier"
	else
		failed=$((failed + 1))
		echo "$name: broken"
		tail -n 40 "$work/$name"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
