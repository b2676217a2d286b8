# pg_dump and restore bring back a workflow in the middle of its year (workflow_play.sql) in every format, for the
# superuser and for the owner, and so does a standby that takes over: the same rows, rules, rights and comments, and the
# year goes on from there, step by step, with the same answers and the same hashes as in the original.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Basename;

my $here  = dirname(__FILE__);
my $node  = PostgreSQL::Test::Cluster->new('workflow_dump');
my $files = PostgreSQL::Test::Utils::tempdir();
$node->init(allows_streaming => 1);
# The order of rows in COPY is that of the table, also where another session scans it.
$node->append_conf('postgresql.conf', "synchronize_seqscans = off\nautovacuum = off\n");
$node->start;

$node->safe_psql('postgres', 'CREATE ROLE keeper; CREATE DATABASE original OWNER keeper');
$node->safe_psql('original', 'CREATE EXTENSION kam');
$node->command_ok([ 'psql', '-qX', '-d', 'original', '-v', 'schema=crm', '-v', 'prefix=wf_', '-f', "$here/workflow_play.sql" ],
	'half a year is played');

# What users add: to the workflow, and to kam's calendars and rules.
$node->safe_psql(
	'original', q{
	SET client_min_messages = error;
	INSERT INTO kam.calendar_day (calendar, day, kind, name_th) VALUES ('PEA', '2027-05-28', 'special', 'วันหยุดพิเศษ');
	INSERT INTO kam.rule_set (rule_set, plan_year_from, avg_monthly_bill_thb) VALUES ('revision-5', 2030, 15000000);
	SET ROLE wf_owner;
	UPDATE crm.setting SET value = '9' WHERE setting = 'soon_days';
	ALTER TABLE crm.account ADD COLUMN segment text DEFAULT 'ทั่วไป', ADD COLUMN tier_wished kam.tier CHECK (tier_wished > 'Streamline');
	COMMENT ON COLUMN crm.account.segment IS 'ของเรา';
	UPDATE crm.account SET segment = 'โรงพยาบาล', tier_wished = 'Star' WHERE account_id = 'N1A-19';
	CREATE INDEX account_segment ON crm.account (segment) WHERE tier_wished IS NOT NULL;
	CREATE FUNCTION crm.shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.summary := upper(NEW.summary); RETURN NEW; END $$;
	CREATE TRIGGER shout BEFORE INSERT ON crm.contact FOR EACH ROW EXECUTE FUNCTION crm.shout();
	CREATE VIEW crm.hospital AS SELECT account_id, name_th FROM crm.account WHERE segment = 'โรงพยาบาล';
	RESET ROLE;
	ALTER ROLE wf_owner LOGIN;
	ALTER ROLE wf_office_manager_n1a LOGIN;
});

# What the owner and the people see of a workflow, in place of what it is stored as.
sub answers
{
	my ($server, $database, $schema) = @_;
	my @people = map { "wf_$_" } qw(kamr1_n1a kamr2_n1b office_manager_n1a office_manager_n1b section_head_n1a area_director_n1 area_director_c1
	  director_engineering_hq_hq process_owner_hq newcomer_hq reader stranger);
	my $seen = join ' UNION ALL ', map { "SELECT '$_' AS t, count(*), md5(string_agg(x::text, E'\\n' ORDER BY x::text)) FROM $_ x" }
	  qw(account assignment plan activity contact service_case case_clock decision history notice report kamr_portfolio plan_status deadline_status deadline_event);
	return $server->safe_psql(
		$database, qq{
		SET search_path = "$schema";
		SET timezone = 'Asia/Bangkok';
		SELECT 'problem', * FROM verify_decisions();
		SELECT 'problem', * FROM verify_reports();
		SELECT clock_id, rule_due_on, due_on FROM case_clock ORDER BY 1;
		SELECT * FROM kam.attached_rule ORDER BY relation::text, rule;
		SELECT * FROM kam.calendar_day WHERE NOT builtin;
		SELECT * FROM kam.rule_set WHERE NOT builtin;
		} . join '', map { "SET ROLE $_; SELECT '$_'; $seen;\n" } @people);
}

# The dump without what changes with every call, and with what PostgreSQL itself writes in another way once it has
# read it: a column of a view that has no name of its own, and the parentheses of OR.
sub dump_text
{
	my ($server, $database, @options) = @_;
	my $file = sprintf '%s/%s%s.sql', $files, $server->name, @options ? '' : ".$database";
	$server->command_ok([ 'pg_dump', '--file', $file, @options, $database ], "$database is dumped @options");
	my @lines = grep { !/^\\(un)?restrict / } split /^/, slurp_file($file);
	for (@lines)
	{
		s/::[\w.]+\K AS \w+(?=,?$)//;
		tr/()//d if /^CREATE TRIGGER .* WHEN/;
	}
	return join '', @lines;
}

# Two dumps are one; of a difference only the first lines are told.
sub is_dump
{
	my ($got, $expected, $name) = @_;
	return if ok($got eq $expected, $name);
	my (%got, %expected);
	$got{$_}++      for split /^/, $got;
	$expected{$_}++ for split /^/, $expected;
	my @difference = ((map { "- $_" } grep { !$got{$_} } split /^/, $expected), (map { "+ $_" } grep { !$expected{$_} } split /^/, $got));
	diag(@difference[ 0 .. ($#difference < 30 ? $#difference : 30) ]);
}

# What must be refused, and by what; each attempt is rolled back.
my @refused = (
	[ 'the portfolio guard', 'wf_owner', q{INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, selection_id, tier, staff_id, responsibility, assigned_by, assigned_at)
		SELECT p.plan_id, 2027, 'C1-A', s.account_id, s.selection_id, s.tier, 'kamr1_n1a', 'main', 'office_manager_c1a', now()
		FROM plan p JOIN selection s USING (plan_id) WHERE p.unit_code = 'C1-A'}, '23514|55000' ],
	[ 'the plan on its way', 'wf_office_manager_c1a', q{SELECT set_budget(2027, 'C1-A', 1)}, '55000' ],
	[ 'the approved plan', 'wf_owner', q{DELETE FROM activity WHERE unit_code = 'N1-B'}, '55000' ],
	[ 'the decisions', 'wf_owner', q{UPDATE decision SET reason = 'another'}, '55000' ],
	[ 'the history', 'wf_owner', q{DELETE FROM history}, '55000' ],
	[ 'somebody else\'s account', 'wf_kamr2_n1b', q{SELECT record_contact('N1A-01', '2027-05-20 08:00+07', 'visit', 'x')}, '42501' ],
	[ 'a table', 'wf_kamr2_n1b', q{UPDATE account SET name_th = 'x'}, '42501' ],
	[ 'a user\'s own rule', 'wf_owner', q{UPDATE account SET tier_wished = 'Streamline'}, '23514' ],
	[ 'a clock once set in earnest', 'wf_office_manager_n1a', q{CALL rehearse('2027-06-01')}, '42501' ]);

# The year goes on: what everybody is told, which rows come to be, and the hashes of what is decided. Once in each copy.
sub go_on
{
	my ($server, $database, $schema) = @_;
	for my $attempt (@refused)
	{
		my ($what, $role, $statement, $state) = @$attempt;
		my (undef, undef, $stderr) = $server->psql($database, qq{\\set VERBOSITY sqlstate\nBEGIN; SET search_path = "$schema"; SET ROLE $role; $statement; ROLLBACK});
		like($stderr, qr/ERROR:  (?:$state)$/m, "$database keeps $what");
	}
	return $server->safe_psql(
		$database, qq{
		SET client_min_messages = warning;
		SET search_path = "$schema";
		SET ROLE wf_owner;
		CALL rehearse('2027-05-24 09:00+07');
		SET ROLE wf_area_director_c1;
		SELECT approve_plan(2027, 'C1-A', below_minimum_reason => 'seven key accounts') ;
		SET ROLE wf_office_manager_n1a;
		SELECT submit_plan(2027, 'N1-A');
		SET ROLE wf_director_customer_service_n1;
		SELECT compile_plan(2027, 'N1-A');
		SET ROLE wf_director_engineering_area_n1;
		SELECT endorse_plan(2027, 'N1-A');
		SET ROLE wf_area_director_n1;
		SELECT approve_plan(2027, 'N1-A');
		SELECT grant_resource(1, 'granted');
		SET ROLE wf_kamr1_n1a;
		SELECT record_contact('N1A-02', '2027-05-10 08:00+07', 'visit', 'the dips', 'quiet');
		SELECT resume_case(4);
		SELECT open_case('N1A-02', 'problem', 'again', urgent => true);
		SET ROLE wf_kamr2_n1b;
		SELECT resume_case(2);
		SET ROLE wf_office_manager_n1b;
		SELECT hand_over_account(2027, 'N1B-01', 'kamr1_n1b', 'leave');
		SELECT publish_report('monthly', 'N1-B', 2027, 'M02');
		SET ROLE wf_owner;
		SELECT * FROM sweep();
		SELECT contact_id, summary, days_late FROM contact ORDER BY contact_id DESC LIMIT 1;
		SELECT clock_id, due_on FROM case_clock ORDER BY clock_id;
		SELECT assignment_id, account_id, staff_id, ended_on FROM assignment ORDER BY 1 DESC LIMIT 5;
		SELECT decision_id, action, hash FROM decision ORDER BY 1;
		SELECT max(history_id), max(notice_id) FROM history, notice;
		SELECT report_id, content FROM report ORDER BY 1;
		SELECT 'problem', * FROM verify_decisions();
		SELECT 'problem', * FROM verify_reports()});
}

my $answers  = answers($node, 'original', 'crm');
my $original = dump_text($node, 'original');
unlike($answers, qr/^problem/m, 'the chain of decisions is whole');
like($answers, qr/^wf_kamr1_n1a\naccount\|8\|/m, 'a KAMR sees their own accounts');
like($answers, qr/^wf_stranger\n(?:\w+\|0\|\n)+\w+\|0\|$/m, 'a stranger sees nothing');

# ---- a standby that takes over

$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('workflow_standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby, 'replay');
is(answers($standby, 'original', 'crm'), $answers, 'a standby answers as the original');
$standby->promote;
my $went_on = go_on($standby, 'original', 'crm');
unlike($went_on, qr/^problem/m, 'the year goes on where a standby has taken over');
like($went_on, qr/^\d+\|QUIET\|7$/m, 'with the user\'s trigger, and the contact is marked late');
$standby->stop;

# ---- the whole database, into another one of the same server

sub restored
{
	my ($copy, @command) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $copy OWNER keeper");
	$node->command_ok([ @command ], "$copy is restored");
}

restored('from_text', 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'from_text', '-f', "$files/workflow_dump.original.sql");

$node->command_ok([ 'pg_dump', '--format=custom', '--file', "$files/custom", 'original' ], 'an archive is dumped');
restored('from_archive', 'pg_restore', '--exit-on-error', '-d', 'from_archive', "$files/custom");

$node->command_ok([ 'pg_dump', '--format=directory', '--jobs=2', '--file', "$files/directory", 'original' ], 'a directory is dumped by two jobs');
restored('from_directory', 'pg_restore', '--exit-on-error', '--jobs=2', '-d', 'from_directory', "$files/directory");

# Data only: the workflow's triggers would write the history anew and keep approved plans as they are, that is, empty.
$node->command_ok([ 'pg_dump', '--schema-only', '--file', "$files/schema.sql", 'original' ], 'the schema is dumped');
$node->command_ok([ 'pg_dump', '--data-only', '--disable-triggers', '--file', "$files/data.sql", 'original' ], 'and the data');
restored('from_data', 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'from_data', '-f', "$files/schema.sql", '-f', "$files/data.sql");

for my $copy ('from_text', 'from_archive', 'from_directory', 'from_data')
{
	is(answers($node, $copy, 'crm'), $answers, "$copy answers as the original");
	is_dump(dump_text($node, $copy), $original, "$copy dumps as the original");
}

# ---- by the owner, who is no superuser and sees all rows

my $of_owner = dump_text($node, 'original', '--schema=crm', '--username=wf_owner');
is_dump($of_owner, dump_text($node, 'original', '--schema=crm'), 'the owner dumps the workflow as the superuser does');
$node->command_fails_like([ 'pg_dump', '--schema=crm', '--username=wf_office_manager_n1a', '--file', "$files/refused", 'original' ],
	qr/would be affected by row-level security policy|permission denied/, 'nobody else dumps a part for the whole');

# ---- under another name

$node->safe_psql('from_text', q{ALTER SCHEMA crm RENAME TO "งาน KAM"; CALL kam.upgrade_workflow('งาน KAM')});
my $renamed = dump_text($node, 'from_text');
restored('renamed', 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'renamed', '-f', "$files/workflow_dump.from_text.sql");
is_dump(dump_text($node, 'renamed'), $renamed, 'a workflow under another name dumps as it was');
is(go_on($node, 'renamed', 'งาน KAM'), $went_on, 'and goes on');

# ---- on another server

my $elsewhere = PostgreSQL::Test::Cluster->new('workflow_elsewhere');
$elsewhere->init;
$elsewhere->append_conf('postgresql.conf', "synchronize_seqscans = off\nautovacuum = off\n");
$elsewhere->start;
$elsewhere->safe_psql('postgres', 'CREATE ROLE keeper; CREATE DATABASE original OWNER keeper; CREATE DATABASE too_early OWNER keeper');

# Without the roles each statement that names one fails and says so; nothing else does, and no row is missing.
my ($stdout, $stderr) = run_command([ 'psql', '-qX', '-d', $elsewhere->connstr('too_early'), '-f', "$files/workflow_dump.original.sql" ]);
my @errors = $stderr =~ /ERROR:  (.*)/g;
cmp_ok(scalar @errors, '>', 0, 'without the roles a restore complains');
is(join("\n", grep { !/^role "\w+" does not exist$/ } @errors), '', 'of nothing but the roles');
like($errors[0], qr/^role "wf_owner" does not exist$/, 'and names them');
my @rows = map { s/^--.*//mgr } dump_text($elsewhere, 'too_early', '--data-only'), dump_text($node, 'original', '--data-only');
is_dump(@rows, 'all rows are there');
is($elsewhere->safe_psql('too_early', q{SELECT DISTINCT relowner::regrole FROM pg_class WHERE relnamespace = 'crm'::regnamespace}),
	$elsewhere->safe_psql('postgres', 'SELECT current_user'), 'but belong to who restored them');

# With the roles before it, it is all there.
$node->command_ok([ 'pg_dumpall', '--roles-only', '--file', "$files/roles.sql" ], 'the roles are dumped');
run_command([ 'psql', '-qX', '-d', $elsewhere->connstr('postgres'), '-f', "$files/roles.sql" ]);
$elsewhere->command_ok([ 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'original', '-f', "$files/workflow_dump.original.sql" ], 'with them a restore does not');
is(answers($elsewhere, 'original', 'crm'), $answers, 'another server answers as the original');
is_dump(dump_text($elsewhere, 'original'), $original, 'another server dumps as the original');
is(go_on($elsewhere, 'original', 'crm'), $went_on, 'and goes on');
$elsewhere->stop;

# ---- what goes on in one workflow or copy does not concern another

$node->safe_psql(
	'original', q{
	SET client_min_messages = error;
	CREATE ROLE other_owner;
	CREATE ROLE other_process_owner;
	CALL kam.create_workflow('other', 'other_owner');
	SET ROLE other_owner;
	INSERT INTO other.staff (staff_id, name_th, name_en, position, hire_date, unit_code, role_name)
		VALUES ('Fah', 'ฟ้า', 'Fah', 'วศก.', '2015-01-01', 'HQ', 'other_process_owner');
	INSERT INTO other.post_holder (post, unit_code, staff_id, from_date) VALUES ('process_owner', 'HQ', 'Fah', '2020-01-01');
	CALL other.rehearse('2026-10-01 09:00+07');
	SET ROLE other_process_owner;
	SELECT other.open_year(2026);
});
my $other = dump_text($node, 'original', '--schema=other');
is(go_on($node, $_, 'crm'), $went_on, "$_ goes on") for 'from_archive', 'from_directory', 'from_data', 'original';
is_dump(dump_text($node, 'original', '--schema=other'), $other, 'two workflows of one database do not touch each other');
my $both = dump_text($node, 'original');
restored('from_both', 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'from_both', '-f', "$files/workflow_dump.original.sql");
is_dump(dump_text($node, 'from_both'), $both, 'and are restored together');
is($node->safe_psql('original', q{DROP SCHEMA crm CASCADE; SELECT count(*) FROM other.verify_decisions(); SET ROLE other_process_owner; SELECT count(*) > 0 FROM other.plan}),
	"0\nt", 'nor does the end of one');
is_dump(dump_text($node, 'original', '--schema=other'), $other, 'the other is as it was');

$node->stop;
done_testing();
