# kam.upgrade_workflow brings the workflow of every released version, and of two that never were,
# to what kam.create_workflow makes today, object by object; repairs what was dropped of its code,
# and what ALTER SCHEMA … RENAME broke.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Basename;
use File::Path qw(make_path);

my $here     = dirname(__FILE__);
my @released = map { m/kam--(.*)\.sql$/ } sort glob "$here/../../sql/released/kam--*.sql";

my $node = PostgreSQL::Test::Cluster->new('workflow_upgrade');
$node->init;
# Whoever makes or drops hundreds of objects holds a lock on each; this server has room for 10 sessions only.
$node->append_conf('postgresql.conf', 'max_locks_per_transaction = 512');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE keeper; CREATE ROLE guest');

# What the catalogs say about schema crm of a database, line by line.
sub catalog
{
	my ($database, $before) = @_;
	my $facts = slurp_file("$here/extension_catalog.sql");
	my ($status, $stdout, $stderr) =
	  $node->psql($database, "BEGIN; SET LOCAL kam_test.schema = crm; $before; $facts ROLLBACK;", on_error_stop => 1);
	die "extension_catalog.sql: $stderr" if $status;
	return [ split /\n/, $stdout ];
}

# The lines in which two catalogs differ, as a diff shows them.
sub differences
{
	my ($left, $right) = @_;
	my (%left, %right);
	$left{$_}++  for @$left;
	$right{$_}++ for @$right;
	return (
		(map { "- $_" } grep { !$right{$_} } @$left),
		(map { "+ $_" } grep { !$left{$_} } @$right));
}

sub is_like
{
	my ($fresh, $database, $name) = @_;
	my @differences = differences($fresh, catalog($database, 'SELECT'));
	is(scalar @differences, 0, $name) or diag(join "\n", @differences > 40 ? (@differences[ 0 .. 39 ], '…') : @differences);
}

# At least so many lines differ, after a command that is rolled back.
sub is_unlike
{
	my ($fresh, $database, $lines, $name, $command) = @_;
	my @differences = differences($fresh, catalog($database, $command // 'SELECT'));
	cmp_ok(scalar @differences, '>=', $lines, $name);
}

# A database with a workflow as a version of the extension makes it.
sub new_workflow
{
	my ($database, $version) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER keeper");
	$node->safe_psql($database, 'CREATE EXTENSION kam' . ($version ? " VERSION '$version'" : ''));
	my $carries = $node->safe_psql($database, q{SELECT to_regprocedure('kam.create_workflow(name, name)') IS NOT NULL});
	$node->safe_psql($database, "CALL kam.create_workflow('crm', 'keeper')") if $carries eq 't';
	return $carries eq 't';
}

new_workflow('fresh');
my $fresh   = catalog('fresh', 'SELECT');
my $version = $node->safe_psql('fresh', 'SELECT kam._workflow_version()');
cmp_ok(scalar @$fresh, '>', 2000, 'the catalogs say a lot about a workflow');

# ---- the comparison sees what an upgrade may forget

my %slips = (
	'a forgotten function' => 'DROP FUNCTION crm._today() CASCADE',
	'another body' => "CREATE OR REPLACE FUNCTION crm._today() RETURNS date LANGUAGE plpgsql STABLE SET search_path = crm, pg_temp AS 'BEGIN RETURN NULL; END'",
	'another search_path'    => 'ALTER FUNCTION crm._today() SET search_path = public',
	'a forgotten column'     => 'ALTER TABLE crm.unit ADD COLUMN more text',
	'a forgotten constraint' => 'ALTER TABLE crm.unit DROP CONSTRAINT unit_only_hq_is_root',
	'a forgotten foreign key' => 'ALTER TABLE crm.unit DROP CONSTRAINT unit_parent_unit_fkey',
	'a forgotten index'      => 'DROP INDEX crm.unit_one_hq',
	'a forgotten policy'     => 'DROP POLICY reading ON crm.setting',
	'another policy'         => 'ALTER POLICY reading ON crm.setting USING (true)',
	'row security left off'  => 'ALTER TABLE crm.setting DISABLE ROW LEVEL SECURITY',
	'a trigger left off'     => 'ALTER TABLE crm.unit DISABLE TRIGGER USER',
	'another comment'        => q{COMMENT ON COLUMN crm.unit.kind IS 'Kind.'},
	'a forgotten grant'      => 'REVOKE SELECT ON crm.setting FROM PUBLIC',
	'a forgotten row'        => "DELETE FROM crm.setting WHERE setting = 'soon_days'",
	'another owner'          => 'ALTER TABLE crm.setting OWNER TO CURRENT_USER',
);
for my $slip (sort keys %slips)
{
	is_unlike($fresh, 'fresh', 1, "the comparison notices $slip", $slips{$slip});
}

# ---- today's version: an upgrade changes nothing, and repairs

$node->safe_psql('fresh', "CALL kam.upgrade_workflow('crm')");
is_like($fresh, 'fresh', 'an upgrade to the same version changes nothing');

# Whatever is code and nothing that holds data hangs on.
my $drop_code = <<'SQL';
SET client_min_messages = warning;
DO $$
DECLARE
	command text;
	dropped int;
	total int := 0;
BEGIN
	FOREACH command IN ARRAY ARRAY(
		SELECT format('DROP POLICY IF EXISTS %I ON %s', polname, polrelid::regclass) FROM pg_policy
		WHERE polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'crm'::regnamespace)
		UNION ALL
		SELECT format('DROP TRIGGER IF EXISTS %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger
		WHERE NOT tgisinternal AND tgfoid IN (SELECT oid FROM pg_proc WHERE pronamespace = 'crm'::regnamespace)
		UNION ALL
		SELECT format('DROP VIEW IF EXISTS %s CASCADE', oid::regclass) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'v'
		UNION ALL
		SELECT format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', oid::regclass) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r'
		UNION ALL
		SELECT format('COMMENT ON TABLE %s IS NULL', oid::regclass) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r'
		UNION ALL
		SELECT format('REVOKE ALL ON %s FROM PUBLIC', oid::regclass) FROM pg_class
		WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r' AND relacl IS NOT NULL)
	LOOP
		EXECUTE command;
		total := total + 1;
	END LOOP;
	LOOP
		dropped := 0;
		FOREACH command IN ARRAY ARRAY(SELECT format('DROP ROUTINE %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'crm'::regnamespace) LOOP
			BEGIN
				EXECUTE command;
				dropped := dropped + 1;
			EXCEPTION WHEN dependent_objects_still_exist THEN
			END;
		END LOOP;
		EXIT WHEN dropped = 0;
		total := total + dropped;
	END LOOP;
	ASSERT total > 100;
END
$$;
SQL
for my $caller (qw(keeper postgres))
{
	$node->safe_psql('fresh', $drop_code);
	is_unlike($fresh, 'fresh', 500, 'the code is gone');
	$node->safe_psql('fresh', "SET SESSION AUTHORIZATION $caller; CALL kam.upgrade_workflow('crm')");
	is_like($fresh, 'fresh', "an upgrade by $caller brings back all code");
}

$node->safe_psql('fresh', "ALTER SCHEMA crm RENAME TO \"Elsewhere; here\"; CALL kam.upgrade_workflow('Elsewhere; here')");
is($node->safe_psql('fresh', q{SELECT setting, count(*) > 20 FROM pg_proc, unnest(proconfig) AS setting
		WHERE pronamespace = '"Elsewhere; here"'::regnamespace AND setting ~ '^search_path' GROUP BY 1}),
	'search_path="Elsewhere; here", pg_temp|t', 'after a rename, functions look in the schema under its new name');
$node->safe_psql('fresh', "ALTER SCHEMA \"Elsewhere; here\" RENAME TO crm; CALL kam.upgrade_workflow('crm')");
is_like($fresh, 'fresh', 'renamed there and back, it is what it was');

# ---- released versions

my $carried = 0;
for my $old (@released)
{
	( my $database = "from_$old" ) =~ s/\W/_/g;
	next unless new_workflow($database, $old);
	$carried++;
	$node->safe_psql($database, 'ALTER EXTENSION kam UPDATE');
	$node->safe_psql($database, "CALL kam.upgrade_workflow('crm')");
	is_like($fresh, $database, "a workflow of $old upgraded is what a fresh one is");
}
note("$carried released versions carry a workflow");

# ---- versions that never were: two steps from one to the other

my @parts  = map { "$here/../../$_" } $node->safe_psql('fresh', 'SELECT kam._workflow_script()') =~ m{^-- (sql/workflow/\S+\.sql)$}mg;
my $shared = $node->config_data('--sharedir') . '/extension';
my $tree   = PostgreSQL::Test::Utils::tempdir() . '/sql/workflow';
my @doctored;
make_path("$tree/migration");

# An update script to a version that carries a part and migrations besides. The part comes first: the
# last ones look at all tables that there are.
sub carry
{
	my ($from, $to, $part, %migrations) = @_;
	my $file = "$shared/kam--$from--$to.sql";
	append_to_file("$tree/part_of_$to.sql", $part);
	append_to_file("$tree/migration/$_.sql", $migrations{$_}) for keys %migrations;

	open my $script, '-|', "$here/../../tools/workflow-script", '--replace', $to, "$tree/part_of_$to.sql", @parts,
	  map { "$tree/migration/$_.sql" } sort keys %migrations
	  or die "tools/workflow-script: $!";
	binmode $script, ':encoding(UTF-8)';
	my $sql = do { local $/; <$script> };
	close $script or die 'tools/workflow-script failed';
	$sql =~ s/([^\x00-\x7F])/sprintf('\\%04X', ord $1)/ge;
	push @doctored, $file;
	append_to_file($file, $sql);
}
END { unlink @doctored; }

carry($version, '9.9.8', <<'SQL');
CREATE TABLE doctored (doctored_id int PRIMARY KEY, tier kam.tier, seen text NOT NULL DEFAULT '');
INSERT INTO doctored VALUES (1, 'Star', 'once');
CREATE OR REPLACE FUNCTION doctored_count() RETURNS int LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT count(*) FROM doctored);
END $$;
CREATE OR REPLACE FUNCTION doctored_gone() RETURNS int RETURN 1;
CREATE OR REPLACE FUNCTION doctored_trigger() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	NEW.seen := NEW.seen || doctored_count();
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER seen BEFORE UPDATE ON doctored FOR EACH ROW EXECUTE FUNCTION doctored_trigger();
CREATE OR REPLACE VIEW doctored_view WITH (security_invoker = true) AS SELECT doctored_id FROM doctored;
ALTER TABLE doctored ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON doctored FOR SELECT USING (tier = 'Star');
COMMENT ON TABLE doctored IS U&'ก่อน — Before.';
GRANT SELECT ON doctored TO PUBLIC;
SQL
carry('9.9.8', '9.10.0', <<'SQL',
CREATE TABLE doctored (doctored_id int PRIMARY KEY, tier kam.tier, seen text NOT NULL DEFAULT '', area text NOT NULL DEFAULT unistr('ภาค'));
INSERT INTO doctored VALUES (1, 'Star', 'once1');
CREATE TABLE doctored_more (doctored_id int PRIMARY KEY REFERENCES doctored, since timestamptz DEFAULT now());
INSERT INTO doctored_more VALUES (1);
CREATE OR REPLACE FUNCTION doctored_count() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT count(*) FROM doctored JOIN doctored_more USING (doctored_id));
END $$;
CREATE OR REPLACE FUNCTION doctored_trigger() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	NEW.seen := NEW.seen || doctored_count();
	RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON doctored DEFERRABLE FOR EACH ROW WHEN (NEW.tier IS NULL) EXECUTE FUNCTION doctored_trigger();
CREATE OR REPLACE TRIGGER seen BEFORE UPDATE ON doctored FOR EACH ROW WHEN (NEW.tier > 'Streamline') EXECUTE FUNCTION doctored_trigger();
CREATE OR REPLACE VIEW doctored_view WITH (security_invoker = true) AS SELECT doctored_id, area FROM doctored;
ALTER TABLE doctored ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON doctored FOR SELECT USING (tier >= 'Star' AND area <> '');
COMMENT ON TABLE doctored IS U&'หลัง — After.';
GRANT SELECT, REFERENCES ON doctored TO PUBLIC;
SQL
	'9.9.8--9.9.9' => <<'SQL',
ALTER TABLE doctored ADD COLUMN area text;
UPDATE doctored SET area = unistr('ภาค');
SQL
	'9.9.9--9.10.0' => <<'SQL');
ALTER TABLE doctored ALTER COLUMN area SET DEFAULT unistr('ภาค'), ALTER COLUMN area SET NOT NULL;
CREATE TABLE doctored_more (doctored_id int PRIMARY KEY REFERENCES doctored, since timestamptz DEFAULT now());
INSERT INTO doctored_more VALUES (1);
DROP FUNCTION doctored_gone();
DROP FUNCTION doctored_count();
SQL

new_workflow('doctored_fresh', '9.10.0');
my $doctored_fresh = catalog('doctored_fresh', 'SELECT');
cmp_ok(scalar @$doctored_fresh, '>', scalar @$fresh, 'the newer version has more');
for my $caller (qw(keeper postgres))
{
	my $database = "doctored_by_$caller";
	my $upgrade  = "SET SESSION AUTHORIZATION $caller; CALL kam.upgrade_workflow('crm')";
	new_workflow($database, '9.9.8');
	is_unlike($doctored_fresh, $database, 20, "$caller: the older version is another");
	# What others add does not stand in the way.
	$node->safe_psql($database, q{
		GRANT CREATE ON SCHEMA crm TO guest;
		SET ROLE guest;
		CREATE TABLE crm.mine (mine text);
		ALTER TABLE crm.mine ENABLE ROW LEVEL SECURITY;
		CREATE FUNCTION crm.mine() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = crm_before, pg_temp AS 'BEGIN RETURN NULL; END'});
	$node->safe_psql($database, "ALTER EXTENSION kam UPDATE TO '9.10.0'");
	is($node->safe_psql($database, 'SELECT version FROM crm.workflow'), '9.9.8', 'an update of the extension leaves the workflow alone');

	# A step that fails leaves everything as it was.
	my $before = catalog($database, 'SELECT');
	$node->safe_psql($database, 'CREATE VIEW crm.doctored_more AS SELECT 1');
	my ($status, $stdout, $stderr) = $node->psql($database, $upgrade);
	like($stderr, qr/relation "doctored_more" already exists.*line 2 of sql\/workflow\/migration\/9\.9\.9--9\.10\.0\.sql/s,
		'a step that fails says where');
	$node->safe_psql($database, 'DROP VIEW crm.doctored_more');
	is_like($before, $database, 'and leaves everything as it was');

	$node->safe_psql($database, $upgrade);
	$node->safe_psql($database, 'DROP TABLE crm.mine; DROP FUNCTION crm.mine; REVOKE CREATE ON SCHEMA crm FROM guest');
	is_like($doctored_fresh, $database, "upgraded by $caller, in two steps, it is what a fresh one is");
}

# A workflow of the real version goes nowhere: nothing leads from it to the doctored one.
new_workflow('no_way');
$node->safe_psql('no_way', "ALTER EXTENSION kam UPDATE TO '9.10.0'");
my ($status, $stdout, $stderr) = $node->psql('no_way', "\\set VERBOSITY verbose\nCALL kam.upgrade_workflow('crm')");
like($stderr, qr/55000: there is no way from version \Q$version\E of workflow "crm" to 9\.10\.0/, 'without a way, a version stays');

$node->stop;
done_testing();
