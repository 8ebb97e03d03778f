# check.sh: for tests that are scripts; they read it with ". tests/check.sh" and set $work, a folder, and
# $suite, their name.
passed=0
failed=0

# check WHAT COMMAND...
check() {
	what=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$suite: $what"
		tail -n 20 "$work/said" | sed 's/^/  /'
	fi
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
	exit
}

not() { ! "$@"; }

# within SECONDS COMMAND...: tries until it succeeds.
within() {
	tries=$(($1 * 5))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.2
	done
}
