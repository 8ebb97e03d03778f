#!/bin/sh
# tests/fuzz/run.sh BUILD SECONDS
# Feeds each parser of outside bytes with inventions for so many seconds, beginning with
# the examples in tests/fuzz/NOUN/ if there are any. What it learned is kept in
# BUILD/fuzz/corpus, what broke it in BUILD/fuzz/crash. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
build=$1
seconds=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$build/fuzz/crash"

names=$(for file in tests/fuzz/fuzz_*.c; do [ -e "$file" ] && basename "$file" .c; done)
one='
	name=$1 build=$2 seconds=$3 work=$4
	corpus=$build/fuzz/corpus/$name
	mkdir -p "$corpus"
	seeds=tests/fuzz/${name#fuzz_}
	[ -d "$seeds" ] || seeds=
	timeout -k 10 $((seconds + 60)) "$build/fuzz/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=2048 -artifact_prefix="$build/fuzz/crash/$name-" "$corpus" $seeds \
		>"$work/$name" 2>&1 && touch "$work/$name.good"'
printf '%s\n' $names | xargs -r -P "$(nproc)" -I NAME sh -c "$one" sh NAME "$build" "$seconds" "$work"

passed=0
failed=0
for name in $names; do
	if [ -e "$work/$name.good" ]; then
		passed=$((passed + 1))
		echo "$name: $(grep -E '^Done' "$work/$name")"
	else
		failed=$((failed + 1))
		echo "$name: broken"
		tail -n 40 "$work/$name"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
