# pg_dump and restore bring back a database that uses kam: columns of every type with indexes,
# partitions and constraints on them, views, rule sets of the user's own, who may write them.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('dump');
$node->init;
$node->start;
my $files = PostgreSQL::Test::Utils::tempdir();

$node->safe_psql('postgres', 'CREATE ROLE keeper; CREATE ROLE assistant; CREATE DATABASE original OWNER keeper');
$node->safe_psql(
	'original', q{
	CREATE EXTENSION kam;

	-- A later revision and a draft; the columns left out follow the defaults of revision 4.
	SET ROLE keeper;
	INSERT INTO kam.rule_set (rule_set, plan_year_from, avg_monthly_bill_thb, title) VALUES ('revision-5', 2030, 15000000, 'ฉบับที่ 5');
	INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('draft', 0.75);
	GRANT INSERT ON kam.rule_set TO assistant;
	RESET ROLE;

	CREATE TABLE customer (
		account_id bigint PRIMARY KEY,
		area text,
		value_class kam.value_class,
		voltage_kv numeric,
		avg_monthly_bill_thb numeric,
		chosen kam.tier CHECK (chosen > 'Streamline'),
		grounds kam.criteria NOT NULL DEFAULT '{}',
		is_key boolean GENERATED ALWAYS AS (kam.kasm(value_class, '{voltage}') = 'Strategic') STORED
	);
	INSERT INTO customer
	SELECT n, 'area ' || n % 3, (ARRAY['High', 'Medium', 'Low', NULL])[1 + n % 4]::kam.value_class,
		CASE n % 5 WHEN 0 THEN 115 WHEN 1 THEN NULL ELSE 22 END, n * 1000, 'Star', '{outage_damage,corporate_image}'
	FROM generate_series(1, 500) AS n;
	CREATE INDEX ON customer (value_class, chosen);
	CREATE INDEX ON customer USING hash (grounds);
	CREATE INDEX ON customer (account_id) WHERE grounds @> '{outage_damage}';

	CREATE TABLE manager (name text PRIMARY KEY, portfolio kam.portfolio UNIQUE, progress kam.rate);
	INSERT INTO manager VALUES ('สมชาย', '{Strategic:4,Star:6,Status:5}', '45/50'), ('สมหญิง', '{}', '0/0'), ('สมศักดิ์', NULL, NULL);
	CREATE INDEX ON manager (progress);

	CREATE TABLE by_tier (tier kam.tier, n int) PARTITION BY LIST (tier);
	CREATE TABLE by_tier_strategic PARTITION OF by_tier FOR VALUES IN ('Strategic');
	CREATE TABLE by_tier_other PARTITION OF by_tier DEFAULT;
	CREATE TABLE by_criteria (criteria kam.criteria, n int) PARTITION BY HASH (criteria);
	CREATE TABLE by_criteria_0 PARTITION OF by_criteria FOR VALUES WITH (MODULUS 2, REMAINDER 0);
	CREATE TABLE by_criteria_1 PARTITION OF by_criteria FOR VALUES WITH (MODULUS 2, REMAINDER 1);
	INSERT INTO by_tier SELECT t::kam.tier, n FROM unnest('{Strategic,Star,Status,Streamline}'::text[]) WITH ORDINALITY AS u(t, n);
	INSERT INTO by_criteria SELECT c::kam.criteria, n FROM unnest('{"{}","{voltage}","{spp_risk,voltage}","{discretionary}"}'::text[]) WITH ORDINALITY AS u(c, n);

	CREATE VIEW load AS SELECT name, kam.weight(portfolio, 2030), kam.percent(progress), portfolio + '{Star:1}' AS more FROM manager;
	SELECT kam.create_kasm_view('classified', 'customer', plan_year => 2030);
	SELECT kam.create_kasm_view('classified_stored', 'customer', plan_year => 2018, stored_cutoffs => true);
	CREATE STATISTICS customer_statistics ON value_class, chosen FROM customer;
	CREATE DOMAIN counted AS kam.tier CHECK (VALUE <> 'Streamline');
	CREATE FUNCTION best(kam.tier[]) RETURNS kam.tier IMMUTABLE RETURN (SELECT max(t) FROM unnest($1) AS t);
});

# What a client gets from the database, in place of what it is stored as.
sub answers
{
	my ($database) = @_;
	return $node->safe_psql(
		$database, q{
		SELECT * FROM kam.rule_set ORDER BY rule_set, builtin;
		SELECT kam.rule_set_in_force(2029), kam.rule_set_in_force(2030), kam.weight('Star'::kam.tier, rule_set => 'draft');
		SELECT * FROM customer ORDER BY account_id;
		SELECT * FROM classified ORDER BY account_id;
		SELECT * FROM classified_stored ORDER BY account_id;
		SELECT * FROM load ORDER BY name;
		SELECT tableoid::regclass, * FROM by_tier ORDER BY n;
		SELECT tableoid::regclass, * FROM by_criteria ORDER BY n;
		SELECT best('{Status,Star}');
		SELECT count(*) FROM kam.label;
		SELECT relacl FROM pg_class WHERE oid = 'kam.rule_set'::regclass;
		SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'kam.rule_set'::regclass ORDER BY 1;
	});
}

# The dump without what changes with every call.
sub dump_text
{
	my ($database) = @_;
	my $file = "$files/$database.sql";
	$node->command_ok([ 'pg_dump', '--file', $file, $database ], "$database is dumped");
	return join '', grep { !/^\\(un)?restrict / } split /^/, slurp_file($file);
}

my $answers  = answers('original');
my $original = dump_text('original');
like($answers, qr/^revision-5\|f\|2030\|/m, 'there is a rule set to bring back');
like($original, qr/^COPY kam\.rule_set .*\n(?:(?!revision-4).*\n){2}\\\.\n/m, 'the user\'s rule sets are dumped, and no built-in one');

# A refresh of a materialized view is part of the restore, so rule sets must be there before.
$node->safe_psql('postgres', 'CREATE DATABASE from_text OWNER keeper');
$node->command_ok([ 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'from_text', '-f', "$files/original.sql" ], 'the text is restored');

$node->command_ok([ 'pg_dump', '--format=custom', '--file', "$files/original.dump", 'original' ], 'original is dumped as an archive');
$node->safe_psql('postgres', 'CREATE DATABASE from_archive OWNER keeper');
$node->command_ok([ 'pg_restore', '--exit-on-error', '--jobs=2', '-d', 'from_archive', "$files/original.dump" ], 'the archive is restored');

for my $copy ('from_text', 'from_archive')
{
	is(answers($copy),   $answers,  "$copy answers as the original");
	is(dump_text($copy), $original, "$copy dumps as the original");
}

# Restoring over what is there, as pg_restore --clean does.
$node->command_ok([ 'pg_restore', '--exit-on-error', '--clean', '--if-exists', '-d', 'from_archive', "$files/original.dump" ],
	'the archive is restored over its own restoration');
is(answers('from_archive'), $answers, 'and answers as the original');

# Binary COPY carries every type.
for my $table ('customer', 'manager', 'by_tier', 'by_criteria')
{
	# A partitioned table can only be copied as a query, a generated column not at all.
	my $source = $table =~ /^by_/ ? "(SELECT * FROM $table)" : $table;
	$node->safe_psql('original', "COPY $source TO '$files/$table.copy' (FORMAT binary)");
	$node->safe_psql('from_text', "DELETE FROM $table; COPY $table FROM '$files/$table.copy' (FORMAT binary)");
}
$node->safe_psql('from_text', 'REFRESH MATERIALIZED VIEW classified_stored_cutoff');
is(answers('from_text'), $answers, 'binary COPY carries every type');

# The extension cannot go while data depends on it.
my ($status, $stdout, $stderr) = $node->psql('original', 'DROP EXTENSION kam');
like($stderr, qr/cannot drop extension kam because other objects depend on it/, 'DROP EXTENSION does not take data along');

$node->stop;
done_testing();
