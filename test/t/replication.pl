# A change of a rule set or a calendar reaches sessions that have read it already: on the server itself,
# on a streaming standby, on a subscriber of logical replication. Rolled back, it reaches nobody.
# Portfolio guards with two-phase commit, on a subscriber, and on a standby that takes over.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 'logical');
$primary->append_conf('postgresql.conf', 'max_prepared_transactions = 5');
$primary->start;
$primary->safe_psql('postgres', 'CREATE EXTENSION kam');
$primary->backup('backup');

my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'backup', has_streaming => 1);
$standby->start;

my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init(allows_streaming => 'logical');
$subscriber->start;
$subscriber->safe_psql('postgres', 'CREATE EXTENSION kam');

# The built-in rows are there on both sides.
$primary->safe_psql('postgres', 'CREATE PUBLICATION rules FOR TABLE kam.rule_set WHERE (NOT builtin)');
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION rules CONNECTION '" . $primary->connstr . " dbname=postgres' PUBLICATION rules");
$subscriber->wait_for_subscription_sync($primary, 'rules');

# One session on each, which stays open and therefore keeps what it has read.
my %session = map { $_->name => $_->background_psql('postgres') } ($primary, $standby, $subscriber);

my $question = "SELECT kam.rule_set_in_force(2030) || ' ' || kam.weight('Star'::kam.tier, 2030)";

sub everybody_answers
{
	my ($answer, $when) = @_;
	$primary->wait_for_catchup($standby, 'replay');
	$primary->wait_for_catchup('rules');
	is($session{$_}->query($question), $answer, "$_: $when") for sort keys %session;
}

everybody_answers('revision-4 0.8', 'the built-in rule set holds');

$primary->safe_psql('postgres', "INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('revision-5', 2030, 0.7)");
everybody_answers('revision-5 0.7', 'a new rule set holds at once');

$primary->safe_psql('postgres', "BEGIN; UPDATE kam.rule_set SET weight_star = 0.1 WHERE rule_set = 'revision-5'; SELECT kam.weight('Star'::kam.tier, 2030); ROLLBACK");
everybody_answers('revision-5 0.7', 'a change rolled back changes nothing');

# In one transaction, with part of it rolled back; the session sees its own change at once.
my $own = $session{primary};
$own->query_safe('BEGIN');
$own->query_safe("UPDATE kam.rule_set SET weight_star = 0.65 WHERE rule_set = 'revision-5'");
is($own->query($question), 'revision-5 0.65', 'a session sees its own change');
$own->query_safe('SAVEPOINT before');
$own->query_safe("UPDATE kam.rule_set SET weight_star = 0.1 WHERE rule_set = 'revision-5'");
is($own->query($question), 'revision-5 0.1', 'and a change after a savepoint');
is($session{subscriber}->query($question), 'revision-5 0.7', 'while nobody else does');
$own->query_safe('ROLLBACK TO before');
is($own->query($question), 'revision-5 0.65', 'and no longer when that is rolled back');
$own->query_safe('COMMIT');
everybody_answers('revision-5 0.65', 'the rest is committed');

$primary->safe_psql('postgres', "UPDATE kam.rule_set SET plan_year_from = 2031 WHERE rule_set = 'revision-5'");
everybody_answers('revision-4 0.8', 'a rule set moved to another year no longer holds');

$primary->safe_psql('postgres', "UPDATE kam.rule_set SET plan_year_from = 2029 WHERE rule_set = 'revision-5'");
everybody_answers('revision-5 0.65', 'nor does the earlier one, when it moves back');

$primary->safe_psql('postgres', "DELETE FROM kam.rule_set WHERE NOT builtin");
everybody_answers('revision-4 0.8', 'a rule set that is deleted no longer holds');

# A holiday that is announced on the primary reaches the calendars that the others have read, and the deadlines of
# tables that are the subscriber's own.
$primary->safe_psql('postgres', 'CREATE PUBLICATION calendars FOR TABLE kam.calendar WHERE (NOT builtin), kam.calendar_year WHERE (NOT builtin), kam.calendar_day WHERE (NOT builtin)');
$subscriber->safe_psql('postgres', q{
	CREATE TABLE complaint (id int PRIMARY KEY, received date, due date, done date);
	CREATE TABLE ledger (relation text, item jsonb, old_due date, new_due date, cause text);
	SELECT kam.attach_response_deadline('complaint', 'received', 'due', 'done')});
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION calendars CONNECTION '" . $primary->connstr . " dbname=postgres' PUBLICATION calendars");
$subscriber->wait_for_subscription_sync($primary, 'calendars');
my $stamp = "INSERT INTO complaint (id, received) SELECT count(*), '2026-11-09' FROM complaint RETURNING due";

sub everybody_counts
{
	my ($due, $when) = @_;
	$primary->wait_for_catchup($standby, 'replay');
	$primary->wait_for_catchup('calendars');
	is($session{$_}->query("SELECT kam.add_working_days('2026-11-09', 5)"), $due, "$_: $when") for sort keys %session;
	is($session{subscriber}->query($stamp), $due, "subscriber: $when, in its tables");
}

everybody_counts('2026-11-16', 'five working days');
$primary->safe_psql('postgres', "INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('PEA', '2026-11-13', 'special')");
everybody_counts('2026-11-17', 'a holiday that is announced counts at once');
$subscriber->safe_psql('postgres', "CALL kam.recompute_deadlines('ledger', '{2026-11-13}')");
is($subscriber->safe_psql('postgres', 'SELECT string_agg(DISTINCT due::text, chr(44)) FROM complaint'), '2026-11-17', 'subscriber: and moves what was due before');
$primary->safe_psql('postgres', "BEGIN; DELETE FROM kam.calendar_day WHERE NOT builtin; SELECT kam.add_working_days('2026-11-09', 5); ROLLBACK");
everybody_counts('2026-11-17', 'a change rolled back changes nothing');
$primary->safe_psql('postgres', "UPDATE kam.calendar_day SET day = '2026-11-16' WHERE NOT builtin");
everybody_counts('2026-11-17', 'a holiday that is moved');
$primary->safe_psql('postgres', "INSERT INTO kam.calendar (calendar, parent, weekly_days_off) VALUES ('PEA', 'TH-SE', '{7}')");
everybody_counts('2026-11-14', 'a calendar that changes its week');
$primary->safe_psql('postgres', "DELETE FROM kam.calendar WHERE NOT builtin; DELETE FROM kam.calendar_day WHERE NOT builtin");
everybody_counts('2026-11-16', 'and what is deleted counts no longer');

# A portfolio guard on both sides. The subscriber takes what it is sent, as it does with foreign keys, and lists what is
# above the limit; its own sessions are refused.
$_->safe_psql('postgres', q{
	CREATE TABLE assignment (id int PRIMARY KEY, kamr text, tier kam.tier);
	CREATE INDEX ON assignment (kamr);
	SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', plan_year => 2026)}) for $primary, $subscriber;
$subscriber->safe_psql('postgres', "INSERT INTO assignment SELECT -n, 'both', 'Strategic' FROM generate_series(1, 6) AS n");
$primary->safe_psql('postgres', 'CREATE PUBLICATION assignments FOR TABLE assignment');
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION assignments CONNECTION '" . $primary->connstr . " dbname=postgres' PUBLICATION assignments");
$subscriber->wait_for_subscription_sync($primary, 'assignments');
$primary->safe_psql('postgres', "INSERT INTO assignment SELECT n, 'both', 'Strategic' FROM generate_series(1, 7) AS n");
$primary->wait_for_catchup('assignments');
is($subscriber->safe_psql('postgres', q{SELECT kamr, weight FROM kam.portfolio_violations('assignment')}), 'both|13.0', 'subscriber: what is sent is taken, and listed');

# How a statement ends, if nobody lets it pass within a moment.
sub state_of
{
	my ($node, $statement) = @_;
	my ($status, $stdout, $stderr) = $node->psql('postgres', "\\set VERBOSITY sqlstate\nSET lock_timeout = '200ms';\n$statement");
	return $stderr =~ /ERROR:  (\w+)/ ? $1 : 'passed';
}
is(state_of($subscriber, "INSERT INTO assignment VALUES (-10, 'both', 'Status')"), '23514', 'subscriber: its own sessions are refused');
is(state_of($subscriber, "UPDATE assignment SET tier = 'Status' WHERE id = 1"), 'passed', 'subscriber: and may mend');

# A prepared transaction keeps its portfolios locked, for its own session too, over a change of the primary and a crash.
$primary->safe_psql('postgres', "INSERT INTO assignment SELECT 100 + n, 'k' || n % 2, 'Strategic' FROM generate_series(1, 22) AS n");
is(state_of($primary, "BEGIN; INSERT INTO assignment VALUES (201, 'k0', 'Strategic'); PREPARE TRANSACTION 'k0'; INSERT INTO assignment VALUES (202, 'k0', 'Strategic')"),
	'55P03', 'a session waits for what it has prepared itself');
is(state_of($primary, "BEGIN; INSERT INTO assignment VALUES (203, 'k1', 'Strategic'); PREPARE TRANSACTION 'k1'"), 'passed', 'another one is prepared');
is(state_of($primary, "BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO assignment SELECT 300 + n, 'k2', 'Strategic' FROM generate_series(1, 13) AS n; PREPARE TRANSACTION 'k2'"),
	'23514', 'what is too much cannot be prepared');

sub prepared_hold
{
	my ($node, $when) = @_;
	is(state_of($node, "INSERT INTO assignment VALUES (204, '$_', 'Status')"), '55P03', "$when: one waits for a prepared transaction on $_") for 'k0', 'k1';
	is(state_of($node, "BEGIN; INSERT INTO assignment VALUES (204, 'k3', 'Strategic'); ROLLBACK"), 'passed', "$when: others do not");
}
prepared_hold($primary, 'prepared');

# A standby that takes over keeps answering in the session it has.
$primary->safe_psql('postgres', "INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('revision-6', 2030, 0.5)");
$primary->wait_for_catchup($standby, 'replay');
$session{$_}->quit for 'primary', 'subscriber';
$primary->stop('immediate');
$standby->promote;
is($session{standby}->query($question), 'revision-6 0.5', 'a promoted standby answers by the last rule set');
$session{standby}->query_safe("UPDATE kam.rule_set SET weight_star = 0.4 WHERE rule_set = 'revision-6'");
is($session{standby}->query($question), 'revision-6 0.4', 'and takes changes');
$session{standby}->quit;

prepared_hold($standby, 'on the new primary');

# After a crash, the rule set is what was committed.
$standby->stop('immediate');
$standby->start;
is($standby->safe_psql('postgres', $question), 'revision-6 0.4', 'after a crash it answers by what was committed');
prepared_hold($standby, 'after a crash');
$standby->safe_psql('postgres', "COMMIT PREPARED 'k0'");
$standby->safe_psql('postgres', "ROLLBACK PREPARED 'k1'");
is(state_of($standby, "INSERT INTO assignment VALUES (204, 'k0', 'Status')"), '23514', 'what was prepared and committed counts');
is(state_of($standby, "INSERT INTO assignment VALUES (204, 'k1', 'Strategic')"), 'passed', 'what was rolled back does not');

$standby->stop;
$subscriber->stop;
done_testing();
