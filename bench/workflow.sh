# Part of bench/run: a whole year of the workflow. Uses its psql, runs and database.
# shellcheck shell=bash disable=SC2154

# in_turns comes from rules.sh.

# ask_as <who, as a literal>: all questions of one role, in a session of its own
ask_as() { "${psql[@]}" --command "CALL bench.ask_as($1, $runs)" </dev/null; }

# call <section|name|clients|calls|script> <round>
call() {
	local section name clients calls script before
	IFS='|' read -r section name clients calls script <<<"$1"
	"${psql[@]}" --file workflow_calls_start.sql
	before=$("${psql[@]}" --no-align --tuples-only --command 'SELECT p.* FROM pg_sleep(0.05), bench.processor_time() AS p')
	TIMEFORMAT='%U %S'
	{ time pgbench --no-vacuum --protocol=prepared --client="$clients" --jobs=2 --transactions=$((calls / clients)) \
		--define=done=0 --file="workflow_$script.pgbench" "$database" >"$scratch/pgbench.out" 2>"$scratch/pgbench.err"; \
	} 2>"$scratch/pgbench.time" || {
		cat "$scratch"/pgbench.{out,err} >&2
		exit 1
	}
	"${psql[@]}" --set section="$section" --set name="$name" --set round="$2" --set before="$before" \
		--set calls="$calls" --set cores="$cores" \
		--set pgbench="$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$scratch/pgbench.out") $(cat "$scratch/pgbench.time")" \
		--file workflow_calls_stop.sql
}

measure_workflow() {
	local bench=$PWD who calls round
	scratch=${scratch:-$(mktemp -d "${TMPDIR:-/tmp}/kam-bench.XXXXXX")}
	trap 'rm -rf "$scratch"' EXIT
	PGOPTIONS="$PGOPTIONS -c synchronous_commit=off"

	"${psql[@]}" --set scale="$scale" --file workflow.sql
	(cd "$scratch" && "${psql[@]}" --file "$bench/workflow_plan.sql" --file "$bench/workflow_year.sql")

	"${psql[@]}" --file workflow_status.sql
	while IFS= read -r who; do
		ask_as "$who"
	done < <("${psql[@]}" --no-align --tuples-only \
		--command 'SELECT DISTINCT quote_nullable(staff_id) FROM bench.question')

	"${psql[@]}" --set contact_calls="${CONTACT_CALLS:-4000}" --set case_calls="${CASE_CALLS:-2000}" --file workflow_calls.sql
	calls=$("${psql[@]}" --no-align --tuples-only --field-separator='|' \
		--command 'SELECT c.* FROM bench.call c JOIN bench.query USING (section, name) ORDER BY position')
	for ((round = 1; round <= (runs + 1) / 2; round++)); do
		in_turns $round call <<<"$calls"
	done
	"${psql[@]}" --set cores="$cores" --set scale="$scale" --file workflow_report.sql
}
