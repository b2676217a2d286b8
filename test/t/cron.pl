# pg_cron calls the sweep: scheduled by the workflow itself where pg_cron is in its database, by the line that the hint
# gives where it is in another one of the server.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('cron');
$node->init;
$node->start;
my $has_cron = $node->safe_psql('postgres', "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_cron'");
if (!$has_cron)
{
	$node->stop;
	plan skip_all => 'pg_cron is not installed for this PostgreSQL (package postgresql-NN-cron)';
}
$node->append_conf('postgresql.conf', <<'CONF');
shared_preload_libraries = 'pg_cron'
cron.database_name = 'postgres'
cron.use_background_workers = on
max_worker_processes = 20
CONF
$node->restart;

# A workflow in which headquarters' and the areas' plans are overdue.
sub make_workflow
{
	my ($database) = @_;
	$node->safe_psql($database, <<'SQL');
CREATE EXTENSION kam;
CALL kam.create_workflow('crm', 'crm_owner');
SET search_path = crm;
INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name)
	VALUES ('keeper', 'keeper', 'x', '2015-01-01', 'HQ', 'crm_keeper');
INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('process_owner', 'HQ', 'keeper', '2020-01-01');
CALL rehearse('2026-12-01 07:30+07');
SET ROLE crm_keeper;
SELECT open_year(2027);
SQL
}

# What a statement gives as a role, or its error.
sub as
{
	my ($database, $role, $sql) = @_;
	my ($status, $out, $err) = $node->psql($database, "SET ROLE $role; SET search_path = crm; $sql",
		extra_params => [ '-v', 'VERBOSITY=verbose' ]);
	return $status ? $err : $out;
}

$node->safe_psql('postgres', 'CREATE ROLE crm_owner LOGIN; CREATE ROLE crm_keeper; CREATE DATABASE other');
make_workflow($_) for 'postgres', 'other';

like(as('postgres', 'crm_owner', 'SELECT schedule_sweep()'), qr/0A000.*pg_cron is not installed in this database/s, 'without pg_cron it says so');
like(as('postgres', 'crm_owner', 'SELECT schedule_sweep()'), qr/HINT:  .*postgresql-\d+-cron.*psql -d postgres -c "SELECT crm\.sweep\(\)"/, 'and what to do');

$node->safe_psql('postgres', 'CREATE EXTENSION pg_cron');
like(as('postgres', 'crm_owner', 'SELECT schedule_sweep()'), qr/42501.*GRANT USAGE ON SCHEMA cron TO crm_owner/s, 'the owner needs the use of it');
$node->safe_psql('postgres', 'GRANT USAGE ON SCHEMA cron TO crm_owner');

like(as('postgres', 'crm_keeper', 'SELECT schedule_sweep()'), qr/^\d+$/, 'the process owner schedules it');
my $job = q{SELECT jobname, schedule, command, database, username, active FROM cron.job};
is($node->safe_psql('postgres', $job), 'kam sweep of postgres.crm|30 0 * * *|SELECT crm.sweep()|postgres|crm_owner|t',
	'half past seven in Bangkok is half past midnight for pg_cron, and the owner sweeps');
like(as('postgres', 'crm_owner', q{SELECT schedule_sweep('61 * * * *')}), qr/invalid schedule/, 'a schedule that is none is refused');
like(as('postgres', 'crm_owner', q{SELECT schedule_sweep('* * * * *')}), qr/^\d+$/, 'scheduled again');
is($node->safe_psql('postgres', $job), 'kam sweep of postgres.crm|* * * * *|SELECT crm.sweep()|postgres|crm_owner|t', 'it is the same job');

# The workflow of the other database, by the line of the hint.
my ($line) = as('other', 'crm_owner', q{SELECT schedule_sweep('* * * * *')}) =~ /(SELECT cron\.schedule_in_database\(.*?\);)/;
ok($line, 'from another database the hint has the line') and $node->safe_psql('postgres', $line);

for my $database ('postgres', 'other')
{
	ok($node->poll_query_until($database, 'SELECT count(*) = 13 FROM crm.notice'), "pg_cron has swept in $database");
}
is($node->safe_psql('postgres', q{SELECT DISTINCT username, status FROM cron.job_run_details WHERE status <> 'running'}), 'crm_owner|succeeded', 'as the owner');

is(as('postgres', 'crm_owner', 'SELECT unschedule_sweep()'), 't', 'taken away');
is(as('postgres', 'crm_owner', 'SELECT unschedule_sweep()'), 'f', 'there is none any more');

$node->stop;
done_testing();
