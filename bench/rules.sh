# Part of bench/run: the rules on anybody's tables. Uses its psql, runs and database.
# shellcheck shell=bash disable=SC2154

# in_turns <round> <command> [<argument>…]: the command on each line of what it is given, backwards in odd rounds
in_turns() {
	local line
	while IFS= read -r line; do
		"${@:2}" "$line" "$1" </dev/null
	done < <(if [ $(($1 % 2)) = 1 ]; then tac; else cat; fi)
}

# ---- do the guards hold? ----

# fill <table>: the portfolios of 20 KAMRs, by 8 clients at once
fill() {
	pgbench --no-vacuum --client=8 --jobs="$cores" --transactions=80 --define=done=0 \
		--file=<(sed "s/table_name/$1/" race.pgbench) "$database" >"$scratch/pgbench.out" 2>&1 || {
		cat "$scratch/pgbench.out" >&2
		exit 1
	}
}

check_guards() {
	local rule
	for rule in guarded by_hand by_hand_per_statement unlocked; do fill "$rule"; done
	"${psql[@]}" --file race.sql
}

# ---- many rows in one statement ----

# bulk <section|name|statement> <round>
bulk() {
	local section name statement
	IFS='|' read -r section name statement <<<"$1"
	(cd "$scratch" && "${psql[@]}" --set section="$section" --set name="$name" --set round="$2" \
		--file "$bench/bulk_start.sql" --command "$statement" --file "$bench/bulk_stop.sql")
}

measure_bulk() {
	local queries round
	"${psql[@]}" --command "\\copy new_customer TO '$scratch/new_customer.copy'"
	queries=$("${psql[@]}" --no-align --tuples-only --field-separator='|' \
		--command 'SELECT section, name, sql FROM bench.bulk JOIN bench.query USING (section, name) ORDER BY position')
	for ((round = 0; round <= runs; round++)); do
		in_turns $round bulk <<<"$queries"
	done
}

# ---- single rows ----

# single <section|name|clients|table|empty> <round>
single() {
	local section name clients rule is_empty before
	IFS='|' read -r section name clients rule is_empty <<<"$1"
	"${psql[@]}" --set rule="$rule" --set is_empty="$is_empty" --file single_row_start.sql
	before=$("${psql[@]}" --no-align --tuples-only --command 'SELECT * FROM pg_sleep(0.05), bench.processor_time()')
	TIMEFORMAT='%U %S'
	{ time pgbench --no-vacuum --protocol=prepared --client="$clients" --jobs=2 --transactions=$((single_rows / clients)) \
		--define=clients="$clients" --define=done=0 --file=<(sed "s/table_name/$rule/" single_row.pgbench) \
		"$database" >"$scratch/pgbench.out" 2>"$scratch/pgbench.err"; } 2>"$scratch/pgbench.time" || {
		cat "$scratch"/pgbench.{out,err} >&2
		exit 1
	}
	"${psql[@]}" --set section="$section" --set name="$name" --set rule="$rule" --set round="$2" --set before="$before" \
		--set single_rows="$single_rows" --set cores="$cores" \
		--set pgbench="$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$scratch/pgbench.out") $(cat "$scratch/pgbench.time")" \
		--file single_row_stop.sql
}

# Whom a goal is about runs more often: the clients of one run disturb each other.
measure_single() {
	local contestants decisive round
	contestants="SELECT s.* FROM bench.single_row s JOIN bench.query q USING (section, name)"
	decisive="$contestants WHERE EXISTS (SELECT FROM bench.comparison c
		WHERE c.section = s.section AND c.goal IS NOT NULL AND s.name IN (c.kam, c.other))"
	contestants=$("${psql[@]}" --no-align --tuples-only --field-separator='|' --command "$contestants ORDER BY q.position")
	decisive=$("${psql[@]}" --no-align --tuples-only --field-separator='|' --command "$decisive ORDER BY q.position")
	for ((round = 1; round <= 2 * runs; round++)); do
		in_turns $round single <<<"$([ $round -le $(((2 * runs + 2) / 3)) ] && echo "$contestants" || echo "$decisive")"
	done
}

# ---- all of it ----

measure_rules() {
	local bench=$PWD single_rows=${SINGLE_ROWS:-20000}
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/kam-bench.XXXXXX")
	trap 'rm -rf "$scratch"' EXIT

	PGOPTIONS="$PGOPTIONS -c synchronous_commit=off"
	"${psql[@]}" --set runs="$runs" --file working_days.sql --file guard.sql --file deadline.sql
	check_guards
	"${psql[@]}" --set single_rows="$single_rows" --file bulk.sql --file single_row.sql --command CHECKPOINT
	measure_bulk
	measure_single
	"${psql[@]}" --set cores="$cores" --file report_rules.sql
}
