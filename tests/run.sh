#!/bin/sh
# tests/run.sh BUILD [postgres]
# Runs every suite on what the Makefile built in BUILD and closes with one line,
# "N passed, N failed". A suite that prints no such line of its own, ends badly
# although it counted no failure, takes too long, or misses a tool has failed. With
# "postgres", under tests/postgres.sh, only what is proved on both databases; with "fault" only
# the faults, on SQLite or under tests/postgres.sh.
set -u
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
export BUILD="$build" VIEWC="$build/viewc" MICROCOURT="$build/test/microcourt"
# What of the interface was seen, in all suites.
export SEEN="${SEEN:-$work/operations}"
export UBSAN_OPTIONS=print_stacktrace=1
fuzz_seconds=${FUZZ_SECONDS:-60}

# count NAME CODE: adds what the suite wrote to $work/NAME, and shows what failed.
count() {
	good=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$work/$1" | tail -n 1)
	bad=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$work/$1" | tail -n 1)
	if [ -z "$good" ]; then
		good=0 bad=1
		echo "$1: no count (exit code $2)"
	elif [ "$2" != 0 ] && [ "$bad" = 0 ]; then
		bad=1
		echo "$1: exit code $2"
	fi
	[ "$bad" = 0 ] || sed 's/^/    /' "$work/$1" | tail -n 200
	passed=$((passed + good))
	failed=$((failed + bad))
}

# suite NAME SECONDS COMMAND...
suite() {
	name=$1
	limit=$2
	shift 2
	begun=$(date +%s)
	timeout -k 10 "$limit" "$@" >"$work/$name" 2>&1 </dev/null
	count "$name" $?
	printf '%-8s %6s passed %4s failed %5s s\n' "$name" "$good" "$bad" "$(($(date +%s) - begun))"
}

# missing NAME WHAT: a suite that cannot run is a failed one.
missing() {
	failed=$((failed + 1))
	echo "$1: $2"
}

# Each test file is its own program. Two run at a time.
unit() {
	begun=$(date +%s)
	before=$passed
	before_failed=$failed
	for file in tests/unit/test_*.c; do
		[ -e "$file" ] && basename "$file" .c
	done | xargs -P "$(nproc)" -I NAME sh -c \
		'timeout -k 10 180 "$1/test/unit/NAME" >"$2/NAME" 2>&1 </dev/null; echo $? >"$2/NAME.code"' \
		sh "$build" "$work"
	for file in tests/unit/test_*.c; do
		name=$(basename "$file" .c)
		count "$name" "$(cat "$work/$name.code" 2>/dev/null || echo none)"
	done
	printf '%-8s %6s passed %4s failed %5s s\n' unit $((passed - before)) $((failed - before_failed)) \
		$(($(date +%s) - begun))
}

# judged COMMAND...: every answer of its courts is held against the document that they publish.
judged() {
	node tests/page/contract.mjs "$SEEN" "$@"
}

# The same store on PostgreSQL, one server for all: every text of SQL, the tests of the store
# and of the program's commands, every story, two at a time, and the walk of roles over routes.
postgres() {
	node tests/sql.mjs || echo "0 passed, 1 failed"
	printf '%s\n' test_backup test_act test_schema test_verify test_db test_writer test_outbox test_docket test_paper test_linking \
		test_complaint test_perusal test_jobs test_appoint |
		xargs -P "$(nproc)" -I NAME sh -c 'timeout -k 10 120 "$1/test/unit/NAME" || echo "0 passed, 1 failed"' sh "$build" 2>&1
	# One that ends badly without a count is a failure too.
	judged sh -c 'find tests/story -name "*.story" | sort | xargs -P "$(nproc)" -n 3 timeout -k 10 300 "$1"' sh "$build/test/story_run" 2>&1 ||
		echo "0 passed, 1 failed"
	# That its answers are as the document says was judged on SQLite.
	MICROCOURT="$build/release/microcourt" timeout -k 10 400 node tests/page/run.mjs walk 2>&1 || echo "0 passed, 1 failed"
}

# What must hold when calls fail, machines die and many act at once. With many kills a start
# should be short, so it is the program as it is released. On PostgreSQL a sample of the acts.
faults() {
	export MICROCOURT="$build/release/microcourt"
	stories=$(find tests/story -name '*.story' | sort)
	kills=60
	if [ -n "${TEST_DATABASE:-}" ]; then
		stories=tests/story/first_instance.story
		kills=40
	fi
	timeout -k 10 300 "$build/release/story_run" --faults $stories 2>&1 || echo "0 passed, 1 failed"
	timeout -k 10 300 node tests/fault/kill.mjs "$kills" 2>&1 || echo "0 passed, 1 failed"
	timeout -k 10 120 node tests/fault/history.mjs 2>&1 || echo "0 passed, 1 failed"
	[ -n "${TEST_DATABASE:-}" ] && return
	timeout -k 10 120 node tests/fault/disk_postgres.mjs 2>&1 || echo "0 passed, 1 failed"
	timeout -k 10 120 node tests/fault/disk.mjs 2>&1 || echo "0 passed, 1 failed"
	timeout -k 10 120 node tests/fault/upload.mjs 64 2>&1 || echo "0 passed, 1 failed"
	timeout -k 10 240 node tests/fault/clients.mjs 2>&1 || echo "0 passed, 1 failed"
}

# The sum of what several suites in one have counted.
sum() {
	"$@" | awk '/^[0-9]+ passed, [0-9]+ failed$/ { good += $1; bad += $3; next } { print }
		END { printf "%d passed, %d failed\n", good, bad; exit bad > 0 }'
}

if [ "${2:-}" = postgres ]; then
	sum postgres
	exit
fi

if [ "${2:-}" = fault ]; then
	sum faults
	exit
fi

for tool in gcc clang ctags msgfmt node npm chromium curl jq wapiti sqlmap; do
	command -v "$tool" >/dev/null || missing tools "$tool is not installed"
done

suite lint 300 tools/lint.sh "$build"
unit
suite view 120 tests/view/run.sh
if [ -x "$build/test/story_run" ]; then
	suite story 600 node tests/page/contract.mjs "$SEEN" "$build/test/story_run" $(find tests/story -name '*.story' | sort)
else
	missing story "story_run is not built"
fi
suite postgres 900 tests/postgres.sh tests/run.sh "$build" postgres
suite package 600 tests/package.sh "$build/test/microcourt"
suite systemd 300 tests/systemd.sh "$build/release/microcourt"
suite fault 700 tests/run.sh "$build" fault
suite faultpg 700 tests/postgres.sh tests/run.sh "$build" fault
suite fuzz 600 tests/fuzz/run.sh "$build" "$fuzz_seconds" together
suite page 900 node tests/page/contract.mjs "$SEEN" node tests/page/run.mjs
suite seen 60 node tests/page/contract.mjs --seen "$SEEN"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
