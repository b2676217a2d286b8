# The portfolio guard under random load (6.1.2.1): many sessions change the same few portfolios in
# every way and at every isolation level, with random rollbacks, while another one looks at what is
# committed. The limit is added up here without kam. Without the guard, the same load breaks it.
#
# KAM_SOAK_SECONDS says how long (20), KAM_SOAK_SESSIONS with how many (8), KAM_SOAK_SEED repeats
# the choices of a run (not their interleaving).

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use List::Util qw(sum0);
use POSIX ();
use Time::HiRes qw(time sleep);

my $seconds  = $ENV{KAM_SOAK_SECONDS}  // 20;
my $sessions = $ENV{KAM_SOAK_SESSIONS} // 8;
my $seed     = $ENV{KAM_SOAK_SEED}     // int(time * 1000) % 1_000_000;
diag("KAM_SOAK_SEED=$seed");

my $node = PostgreSQL::Test::Cluster->new('soak');
$node->init;
# Deadlocks are part of the load; errors are counted here, not in the server's log.
$node->append_conf('postgresql.conf', "deadlock_timeout = 20ms\nlog_min_messages = panic\nmax_connections = 100\nfsync = off\n");
$node->start;
my $files = PostgreSQL::Test::Utils::tempdir();

$node->safe_psql(
	'postgres', q{
	CREATE EXTENSION kam;
	CREATE TABLE assignment (id int, area text, kamr text, tier kam.tier, plan_year int, ended boolean NOT NULL DEFAULT false, note int,
		PRIMARY KEY (id, area)) PARTITION BY LIST (area);
	CREATE TABLE assignment_north PARTITION OF assignment FOR VALUES IN ('north');
	CREATE TABLE assignment_south (note int, gone int, ended boolean NOT NULL DEFAULT false, plan_year int, tier kam.tier, kamr text, area text NOT NULL, id int NOT NULL);
	ALTER TABLE assignment_south DROP gone;
	ALTER TABLE assignment ATTACH PARTITION assignment_south FOR VALUES IN ('south');
	CREATE INDEX ON assignment (kamr, plan_year);
	CREATE SEQUENCE number START 1000;

	-- a command inside another one
	CREATE FUNCTION another(kamr text, tier kam.tier, plan_year int) RETURNS text LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO assignment VALUES (nextval('number'), 'north', kamr, tier, plan_year);
		RETURN kamr;
	END $$;
	-- as much as fits
	CREATE FUNCTION try(kamr text, tier kam.tier, plan_year int) RETURNS void LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO assignment VALUES (nextval('number'), 'south', kamr, tier, plan_year);
	EXCEPTION WHEN check_violation THEN
		NULL;
	END $$;

	-- The portfolios, and who is above the limit, by the manual's own numbers.
	CREATE VIEW sums AS
	SELECT kamr, plan_year, sum(CASE tier::text WHEN 'Strategic' THEN 10 WHEN 'Star' THEN 8 WHEN 'Status' THEN 6 ELSE 0 END) AS tenths
	FROM assignment
	WHERE NOT ended
	GROUP BY kamr, plan_year;
	CREATE VIEW above AS SELECT * FROM sums WHERE tenths > 120;
});

# Ten managers in two years, nearly full.
my $fill = q{
	TRUNCATE assignment;
	INSERT INTO assignment
	SELECT row_number() OVER (), CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, k, 'Status', y
	FROM generate_series(0, 9) AS k, generate_series(2026, 2027) AS y, generate_series(1, 18) AS n;
};

sub one_of { return $_[ int rand @_ ]; }
sub kamr   { return int rand 10; }
sub tier   { return one_of(qw(Strategic Star Status Streamline)); }
sub year   { return one_of(2026, 2027); }
sub area   { return one_of('north', 'south'); }

# Some row of a manager; another session may change it in the meantime.
sub some_row
{
	my ($limit) = @_;
	return sprintf q{(SELECT id FROM assignment WHERE kamr = '%d' AND plan_year = %d ORDER BY random() LIMIT %d)}, kamr(), year(), $limit // 1;
}

sub new_row
{
	return sprintf q{nextval('number'), '%s', '%d', '%s', %d}, area(), kamr(), tier(), year();
}

# Insertions outweigh deletions, so that the portfolios stay at their limit.
my @operations = (
	(sub { sprintf q{INSERT INTO assignment VALUES (%s)}, new_row() }) x 5,
	sub { sprintf q{INSERT INTO assignment SELECT %s FROM generate_series(1, %d)}, new_row(), 1 + int rand 4 },
	sub { sprintf q{INSERT INTO assignment VALUES (%s), (%s)}, new_row(), new_row() },
	sub { sprintf q{INSERT INTO assignment SELECT nextval('number'), 'south', another('%d', '%s', %d), '%s', %d}, kamr(), tier(), year(), tier(), year() },
	sub { sprintf q{SELECT try('%d', '%s', %d)}, kamr(), tier(), year() },
	sub { sprintf q{UPDATE assignment SET kamr = '%d' WHERE id IN %s}, kamr(), some_row(2) },
	(sub { sprintf q{UPDATE assignment SET tier = '%s' WHERE id IN %s}, tier(), some_row(2) }) x 2,
	sub { sprintf q{UPDATE assignment SET plan_year = %d WHERE id IN %s}, year(), some_row() },
	sub { sprintf q{UPDATE assignment SET kamr = '%d', tier = '%s', plan_year = %d, area = '%s' WHERE id IN %s}, kamr(), tier(), year(), area(), some_row() },
	(sub { sprintf q{UPDATE assignment SET area = '%s' WHERE id IN %s}, area(), some_row(3) }) x 2,
	sub { sprintf q{UPDATE assignment SET ended = NOT ended WHERE id IN %s}, some_row() },
	sub { sprintf q{UPDATE assignment SET note = 1 WHERE id IN %s}, some_row(5) },
	(sub { sprintf q{DELETE FROM assignment WHERE id IN %s}, some_row() }) x 3,
	sub { sprintf q{INSERT INTO assignment SELECT id, area, '%d', '%s', %d FROM assignment WHERE id IN %s ON CONFLICT (id, area) DO UPDATE SET kamr = EXCLUDED.kamr, tier = EXCLUDED.tier}, kamr(), tier(), year(), some_row() },
	sub {
		sprintf q{MERGE INTO assignment a USING (SELECT * FROM assignment WHERE id IN %s UNION ALL SELECT %s, false, 0) s ON a.id = s.id }
		  . q{WHEN MATCHED AND a.note = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET tier = '%s' WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.area, s.kamr, s.tier, s.plan_year)},
		  some_row(2), (new_row() =~ s/'(\w+)', (\d+)$/'$1'::kam.tier, $2/r), tier();
	},
	sub { one_of('SET CONSTRAINTS ALL DEFERRED', 'SET CONSTRAINTS ALL DEFERRED', 'SET CONSTRAINTS ALL IMMEDIATE') },
);

sub transaction
{
	my @statements = ('BEGIN ISOLATION LEVEL ' . one_of('READ COMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'));
	my $savepoints = 0;

	push @statements, 'SET CONSTRAINTS ALL DEFERRED' if rand() < 0.3;
	for (1 .. 1 + int rand 5)
	{
		push @statements, 'SAVEPOINT s' . ++$savepoints if rand() < 0.5;
		push @statements, one_of(@operations)->();
		# Rolling back to a savepoint also is how a session goes on after an error.
		push @statements, 'ROLLBACK TO s' . (1 + int rand $savepoints) and last if $savepoints && rand() < 0.3;
	}
	push @statements, rand() < 0.85 ? 'COMMIT' : 'ROLLBACK';
	return @statements;
}

# One session's load, until the time is over. Returns nothing: it is a process.
sub work
{
	my ($number, $until, $name) = @_;
	my $count = 0;

	srand($seed * 100 + $number);
	$SIG{PIPE} = 'IGNORE';
	my $connection = $node->connstr('postgres');
	open my $psql, '|-', "psql -XqAt -d '$connection' >/dev/null 2>$files/$name.$number.err" or die "psql: $!";
	$psql->autoflush;
	print $psql "\\set VERBOSITY sqlstate\n";
	while (time < $until)
	{
		my @statements = transaction();
		$count += @statements - 2;
		print $psql map { "$_;\n" } @statements;
	}
	print $psql "ROLLBACK;\n";
	close $psql;
	append_to_file("$files/$name.$number.count", $count);
	POSIX::_exit($? ? 1 : 0);
}

# All of them; what is committed meanwhile is looked at again and again.
sub load_it
{
	my ($name, $for) = @_;
	my $until = time + $for;
	my ($looks, $broken) = (0, 0);
	my @children;

	for my $number (1 .. $sessions)
	{
		my $pid = fork // die "fork: $!";
		work($number, $until, $name) if $pid == 0;
		push @children, $pid;
	}
	while (time < $until)
	{
		$broken++ if $node->safe_psql('postgres', 'SELECT count(*) FROM above') > 0;
		$looks++;
		sleep 0.2;
	}
	my $crashed = 0;
	for my $pid (@children)
	{
		waitpid $pid, 0;
		$crashed++ if $?;
	}
	my %errors;
	for my $number (1 .. $sessions)
	{
		$errors{$_}++ for slurp_file("$files/$name.$number.err") =~ /ERROR:\s+(\w{5})/g;
	}
	my $statements = sum0 map { slurp_file("$files/$name.$_.count") } 1 .. $sessions;
	my $state = sub { $errors{ $_[0] } // 0 };
	diag(sprintf '%s: %d sessions, %d s, %d statements, %d refused (23514), %d serialization failures (40001), %d deadlocks (40P01), %d skipped after an error (25P02), %d looks',
		$name, $sessions, $for, $statements, $state->('23514'), $state->('40001'), $state->('40P01'), $state->('25P02'), $looks);
	my $refused = $state->('23514');
	# A savepoint that was never set, a number that MERGE met twice: the load's own.
	delete @errors{qw(23514 40001 40P01 25P02 3B001 23505 21000)};
	return {
		statements => $statements,
		refused    => $refused,
		crashed    => $crashed,
		broken     => $broken,
		above      => $node->safe_psql('postgres', 'SELECT count(*) FROM above'),
		other      => join ' ', map { "$_:$errors{$_}" } sort keys %errors
	};
}

$node->safe_psql('postgres', $fill);
$node->safe_psql('postgres', q{SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'NOT ended')});
my $guarded = load_it('guarded', $seconds);
is($guarded->{crashed}, 0, 'every session ran to its end');
is($guarded->{other}, '', 'no other errors than a refusal, a serialization failure, a deadlock');
is($guarded->{broken}, 0, 'nobody was seen above the limit while they worked');
is($guarded->{above}, 0, 'nobody is above the limit in the end');
is($node->safe_psql('postgres', q{SELECT count(*) FROM kam.portfolio_violations('assignment')}), 0, 'kam says the same');
cmp_ok($guarded->{statements}, '>', 0, 'there was work');
cmp_ok($guarded->{refused}, '>', 0, 'some of it was refused');
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}), 0, 'no lock is left');
cmp_ok($node->safe_psql('postgres', q{SELECT count(*) FROM sums WHERE tenths > 110}), '>', 0, 'portfolios were at their limit');

$node->safe_psql('postgres', q{SELECT kam.detach_portfolio_guard('assignment')});
$node->safe_psql('postgres', $fill);
my $unguarded = load_it('unguarded', 2);
cmp_ok($unguarded->{above}, '>', 0, 'without the guard the same load breaks the limit');

# And it would find out a guard that does not lock (seldom on a machine with one core).
$node->safe_psql('postgres', $fill);
$node->safe_psql(
	'postgres', q{
	CREATE FUNCTION naive() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF EXISTS (SELECT FROM above WHERE kamr = NEW.kamr AND plan_year = NEW.plan_year) THEN
			RAISE check_violation;
		END IF;
		RETURN NULL;
	END $$;
	CREATE CONSTRAINT TRIGGER naive AFTER INSERT OR UPDATE ON assignment DEFERRABLE FOR EACH ROW EXECUTE FUNCTION naive();
});
my $naive = load_it('unlocked', 3);
diag("a guard that does not lock: $naive->{above} above the limit in the end, seen by $naive->{broken} looks");

$node->stop;
done_testing();
