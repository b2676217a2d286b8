# Part of bench/run: Thai text search. Uses its psql, runs and cores.
# shellcheck shell=bash disable=SC2154

measure_text_search() {
	scratch=${scratch:-$(mktemp -d "${TMPDIR:-/tmp}/kam-bench.XXXXXX")}
	trap 'rm -rf "$scratch"' EXIT
	# The server, which may be another user's, loads it.
	chmod 755 "$scratch"
	# shellcheck disable=SC2046
	cc -O2 -Wall -shared -fPIC -isystem "$("${PG_CONFIG:-pg_config}" --includedir-server)" -o "$scratch/text_search.so" text_search.c \
		$(pkg-config --cflags --libs icu-uc 2>/dev/null || echo -licuuc)
	"${psql[@]}" --set runs="$runs" --set module="$scratch/text_search.so" --file text_search.sql
	"${psql[@]}" --set cores="$cores" --file report_text_search.sql
}
