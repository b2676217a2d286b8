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

	CREATE TABLE manager (name text PRIMARY KEY, portfolio kam.portfolio UNIQUE, progress kam.rate, opinion kam.satisfaction, matrix kam.kasm_matrix DEFAULT '{}');
	INSERT INTO manager VALUES ('สมชาย', '{Strategic:4,Star:6,Status:5}', '45/50', '{responses:3,sum:12.5,squares:53.25,scale:5}', '{high_main:4,unclassed_secondary:1}'),
		('สมหญิง', '{}', '0/0', '{}', '{}'), ('สมศักดิ์', NULL, NULL, NULL, NULL);
	CREATE INDEX ON manager (progress);
	CREATE INDEX ON manager (opinion);
	CREATE INDEX ON manager USING hash (matrix);

	CREATE TABLE by_tier (tier kam.tier, n int) PARTITION BY LIST (tier);
	CREATE TABLE by_tier_strategic PARTITION OF by_tier FOR VALUES IN ('Strategic');
	CREATE TABLE by_tier_other PARTITION OF by_tier DEFAULT;
	CREATE TABLE by_criteria (criteria kam.criteria, n int) PARTITION BY HASH (criteria);
	CREATE TABLE by_criteria_0 PARTITION OF by_criteria FOR VALUES WITH (MODULUS 2, REMAINDER 0);
	CREATE TABLE by_criteria_1 PARTITION OF by_criteria FOR VALUES WITH (MODULUS 2, REMAINDER 1);
	INSERT INTO by_tier SELECT t::kam.tier, n FROM unnest('{Strategic,Star,Status,Streamline}'::text[]) WITH ORDINALITY AS u(t, n);
	INSERT INTO by_criteria SELECT c::kam.criteria, n FROM unnest('{"{}","{voltage}","{spp_risk,voltage}","{discretionary}"}'::text[]) WITH ORDINALITY AS u(c, n);

	CREATE VIEW load AS SELECT name, kam.weight(portfolio, 2030), kam.percent(progress), portfolio + '{Star:1}' AS more, kam.mean(opinion), (kam.fields(matrix)).* FROM manager;
	SELECT kam.create_kasm_view('classified', 'customer', plan_year => 2030);
	SELECT kam.create_kasm_view('classified_stored', 'customer', plan_year => 2018, stored_cutoffs => true);
	CREATE STATISTICS customer_statistics ON value_class, chosen FROM customer;
	CREATE DOMAIN counted AS kam.tier CHECK (VALUE <> 'Streamline');
	CREATE FUNCTION best(kam.tier[]) RETURNS kam.tier IMMUTABLE RETURN (SELECT max(t) FROM unnest($1) AS t);
});

# Tables with deadlines: due dates that the calendar gives, that were set on purpose, that nobody knows yet, and some of
# before a holiday that was announced late; late records.
$node->safe_psql(
	'original', q{
	SET client_min_messages = error;
	INSERT INTO kam.calendar (calendar, parent, name_th) VALUES ('district', 'PEA', 'เขต');
	INSERT INTO kam.calendar_day (calendar, day, kind, name_th) VALUES ('district', '2026-03-04', 'special', 'วันหยุดพิเศษ');
	CREATE TABLE complaint (id int PRIMARY KEY, gone int, received_at timestamptz, due_at timestamptz, "answered at" date, week int GENERATED ALWAYS AS (id / 7) STORED);
	ALTER TABLE complaint DROP COLUMN gone;
	SELECT kam.attach_response_deadline('complaint', 'received_at', 'due_at', 'answered at', 5, 'district');
	INSERT INTO complaint (id, received_at) SELECT n, timestamptz '2026-02-20 20:00+07' + n * interval '7 hours' FROM generate_series(1, 60) AS n;
	UPDATE complaint SET due_at = '2026-04-01 12:00+07' WHERE id % 9 = 0;
	UPDATE complaint SET "answered at" = '2026-03-01' WHERE id % 5 = 0;
	INSERT INTO complaint (id, received_at) VALUES (61, '2031-01-01 09:00+07'), (62, NULL);
	INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', '2026-03-06', 'special');
	CREATE TABLE visit (area text, happened_on date, recorded_at timestamp(0), days_late smallint) PARTITION BY LIST (area);
	CREATE TABLE visit_north PARTITION OF visit FOR VALUES IN ('north');
	CREATE TABLE visit_rest (days_late smallint, recorded_at timestamp(0), gone int, area text, happened_on date);
	ALTER TABLE visit_rest DROP COLUMN gone;
	ALTER TABLE visit ATTACH PARTITION visit_rest DEFAULT;
	SELECT kam.attach_record_deadline('visit', 'happened_on', 'recorded_at', 'flag', 'days_late');
	INSERT INTO visit SELECT CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, '2026-03-01', timestamp '2026-03-01 12:00' + n * interval '1 day' FROM generate_series(0, 14) AS n;
	CREATE TABLE activity (happened_on date, recorded_on date);
	CREATE TABLE activity_child (more text) INHERITS (activity);
	INSERT INTO activity VALUES ('2026-01-01', '2026-02-01');
	SELECT kam.attach_record_deadline('activity', 'happened_on', 'recorded_on', 'reject', days => 10);
	SELECT kam.attach_response_deadline('activity', 'happened_on', 'recorded_on', working_days => 2, beyond_horizon => 'error');
	INSERT INTO activity_child VALUES ('2026-03-02', NULL), ('2026-03-02', '2026-03-03');
});

# Tables with a portfolio guard: with a predicate that calls a function of the user's, partitioned, inherited, deferred, under another
# name, switched off, and some above the limit already.
$node->safe_psql(
	'original', q{
	SET client_min_messages = error;
	CREATE SCHEMA "ผู้ดูแล";
	CREATE FUNCTION "ผู้ดูแล".counts(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $f$ SELECT $1 <> 'draft' $f$;
	CREATE TABLE "ผู้ดูแล".assignment (id int, gone int, kamr text, "Tier" kam.tier, plan_year int, ended_on date, state text DEFAULT 'active', share float8);
	ALTER TABLE "ผู้ดูแล".assignment DROP COLUMN gone;
	CREATE INDEX ON "ผู้ดูแล".assignment (kamr, plan_year) WHERE ended_on IS NULL;
	SELECT kam.attach_portfolio_guard('"ผู้ดูแล".assignment', 'kamr', 'Tier', 'plan_year',
		$$ended_on IS NULL AND ("ผู้ดูแล".counts(state) OR share > '0.16') AND id NOT IN (7, 8)$$, deferred => true);
	ALTER TRIGGER kam_portfolio_guard ON "ผู้ดูแล".assignment RENAME TO "limit";
	INSERT INTO "ผู้ดูแล".assignment (id, kamr, "Tier", plan_year) SELECT 10 + n, 'k', 'Star', 2030 FROM generate_series(1, 15) AS n;
	INSERT INTO "ผู้ดูแล".assignment SELECT 100 + n, 'k', 'Star', 2030, '2030-03-31' FROM generate_series(1, 15) AS n;
	CREATE TABLE charge (id int, area text, kamr text, tier text, day date) PARTITION BY LIST (area);
	CREATE TABLE charge_north PARTITION OF charge FOR VALUES IN ('north');
	CREATE TABLE charge_rest (day date, gone int, tier text, kamr text, area text, id int) PARTITION BY RANGE (day);
	ALTER TABLE charge_rest DROP COLUMN gone;
	CREATE TABLE charge_rest_2026 PARTITION OF charge_rest FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
	ALTER TABLE charge ATTACH PARTITION charge_rest DEFAULT;
	CREATE INDEX ON charge (kamr, day);
	INSERT INTO charge SELECT n, CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, 'k', 'star', date '2026-01-01' + n FROM generate_series(1, 17) AS n;
	SELECT kam.attach_portfolio_guard('charge', 'kamr', 'tier', 'day', check_existing => false);
	CREATE TABLE care (kamr int, tier kam.tier);
	CREATE INDEX ON care USING hash (kamr);
	CREATE TABLE special_care (reason text) INHERITS (care);
	CREATE INDEX ON special_care (kamr);
	INSERT INTO care SELECT 1, 'Strategic' FROM generate_series(1, 6);
	INSERT INTO special_care SELECT 1, 'Strategic', 'ง' FROM generate_series(1, 6);
	SELECT kam.attach_portfolio_guard('care', 'kamr', 'tier', plan_year => 2026);
	CREATE TABLE idle (kamr int PRIMARY KEY, tier kam.tier);
	SELECT kam.attach_portfolio_guard('idle', 'kamr', 'tier', plan_year => 2026);
	ALTER TABLE idle DISABLE TRIGGER kam_portfolio_guard;
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
		SELECT * FROM complaint ORDER BY id;
		SELECT tableoid::regclass, * FROM visit ORDER BY recorded_at;
		SELECT tableoid::regclass, * FROM activity ORDER BY 1, 2, 3;
		SELECT * FROM kam.attached_rule ORDER BY relation::text, rule;
		SELECT * FROM "ผู้ดูแล".assignment ORDER BY id;
		SELECT tableoid::regclass, * FROM charge ORDER BY id;
		SELECT * FROM kam.portfolio_violations('"ผู้ดูแล".assignment', true);
		SELECT * FROM kam.portfolio_violations('charge', true);
		SELECT * FROM kam.portfolio_violations('special_care', true);
		SELECT * FROM kam.calendar_day WHERE NOT builtin ORDER BY calendar, day;
		SELECT kam.add_working_days('2026-03-02', 5, 'district'), kam.is_working_day('2026-03-06', 'district');
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

like($answers, qr/\.assignment\|portfolio_guard\|.*\|t\|t\|limit\|/m, 'a guard was attached');
like($answers, qr/^k\|2026\|\{Star:17\}\|13\.6\|6\.0\|12\.0\|above$/m, 'and one portfolio is above its limit');

# The rules hold where the tables arrived.
for my $copy ('from_text', 'from_archive')
{
	my %refused = (
		'a deferred guard with a predicate' => q{INSERT INTO "ผู้ดูแล".assignment (id, kamr, "Tier", plan_year) VALUES (30, 'k', 'Status', 2030)},
		'a partitioned table\'s'            => q{INSERT INTO charge VALUES (30, 'south', 'k', 'Status', '2026-12-31')},
		'one in a partition'                => q{INSERT INTO charge_rest_2026 (id, area, kamr, tier, day) VALUES (30, 'west', 'k', 'Status', '2026-12-31')},
		'one that others inherit from'      => q{INSERT INTO care VALUES (1, 'Status')},
		'one that inherits'                 => q{INSERT INTO special_care VALUES (1, 'Status')});
	for my $which (sort keys %refused)
	{
		my ($status, $stdout, $stderr) = $node->psql($copy, "\\set VERBOSITY sqlstate\n$refused{$which}");
		like($stderr, qr/ERROR:  23514/, "$copy has its guards: $which");
	}
	is($node->safe_psql($copy, q{
		BEGIN;
		INSERT INTO "ผู้ดูแล".assignment (id, kamr, "Tier", plan_year, state) VALUES (31, 'k', 'Status', 2030, 'draft');
		INSERT INTO "ผู้ดูแล".assignment (id, kamr, "Tier", plan_year) VALUES (7, 'k', 'Status', 2030);
		UPDATE charge SET area = 'north' WHERE area = 'south';
		UPDATE charge SET tier = 'Status' WHERE id = 1;
		INSERT INTO idle VALUES (1, 'Strategic');
		SET CONSTRAINTS ALL IMMEDIATE;
		SELECT 'passed';
		ROLLBACK}), 'passed', "$copy lets pass what does not count or only mends");
	is($node->safe_psql($copy, q{BEGIN; INSERT INTO complaint (id, received_at) VALUES (99, '2026-03-02 09:00+07') RETURNING kam.bangkok_date(due_at); ROLLBACK}),
		'2026-03-12', "$copy stamps due dates by the user's calendar");
	is($node->safe_psql($copy, q{BEGIN; INSERT INTO visit VALUES ('south', '2026-03-01', '2026-03-10') RETURNING days_late; ROLLBACK}),
		'2', "$copy marks late records");
	my ($status, $stdout, $stderr) = $node->psql($copy, q{INSERT INTO activity_child VALUES ('2026-03-02', '2026-03-20')});
	like($stderr, qr/is recorded 8 days too late/, "$copy refuses late records");
}

# Data only, with the triggers on, to where a holiday was announced meanwhile: due dates that are given stay. (What has no
# due date though it could have one gets it, as any row that comes without.)
my @deadline_tables = map { ('-t', $_) } 'complaint', 'visit*';
$node->command_ok([ 'pg_dump', '--schema-only', '--file', "$files/schema.sql", 'original' ], 'the schema is dumped');
$node->command_ok([ 'pg_dump', '--data-only', @deadline_tables, '--file', "$files/data.sql", 'original' ], 'and data of tables with deadlines');
$node->safe_psql('postgres', 'CREATE DATABASE of_data OWNER keeper');
$node->command_ok([ 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'of_data', '-f', "$files/schema.sql" ], 'the schema is restored');
$node->safe_psql('of_data', q{
	INSERT INTO kam.calendar (calendar, parent) VALUES ('district', 'PEA');
	INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'district', date '2026-02-23' + n, 'holiday' FROM generate_series(0, 4) AS n});
$node->command_ok([ 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'of_data', '-f', "$files/data.sql" ], 'data is restored with the triggers on');
my $deadlines = 'SELECT * FROM complaint ORDER BY id; SELECT * FROM visit ORDER BY recorded_at';
is($node->safe_psql('of_data', $deadlines), $node->safe_psql('original', $deadlines), 'and changes no due date and no lateness');

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
