# Sourced by tools/test and tools/test-all, which run the tests several times and add up.

passed=0 failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT
trap 'exit 130' INT TERM HUP

# count <label> <command…>: run a command whose closing line is "N passed, N failed".
# That line is shown with the label before it, so that the sum alone stands by itself.
count() {
	local label=$1 status line
	shift
	echo "==== $label"
	"$@" 2>&1 | tee "$output" | sed -u "s/^[0-9][0-9]* passed, [0-9][0-9]* failed$/$label: &/"
	status=${PIPESTATUS[0]}
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$output" | tail -n 1)
	set -- ${line:-0 passed, 0 failed}
	# Whatever went wrong before a test could fail is a failure too.
	[ "$status" = 0 ] || [ "$3" != 0 ] || set -- "$1" passed, 1 failed
	passed=$((passed + $1)) failed=$((failed + $3))
}

# Print the sum and leave; no test at all is no success.
finish() {
	echo "$passed passed, $failed failed"
	[ "$passed" -gt 0 ] && [ "$failed" = 0 ]
	exit
}
