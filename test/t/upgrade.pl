# An old version's script with the new library works, and ALTER EXTENSION kam UPDATE
# brings it to what a fresh installation is, object by object.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Basename;

my $here     = dirname(__FILE__);
my @released = map { m/kam--(.*)\.sql$/ } sort glob "$here/../../sql/released/kam--*.sql";

my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init;
$node->start;

# What the catalogs say about the extension in a database, line by line.
sub catalog
{
	my ($database, $before) = @_;
	my $facts = slurp_file("$here/extension_catalog.sql");
	my ($status, $stdout, $stderr) =
	  $node->psql($database, "BEGIN; $before; $facts ROLLBACK;", on_error_stop => 1);
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

$node->safe_psql('postgres', 'CREATE DATABASE fresh');
$node->safe_psql('fresh',    'CREATE EXTENSION kam');
my $fresh   = catalog('fresh', 'SELECT');
my $version = $node->safe_psql('fresh', "SELECT extversion FROM pg_extension WHERE extname = 'kam'");
cmp_ok(scalar @$fresh, '>', 5000, 'the catalogs say a lot about the extension');

# The comparison sees what an upgrade script is likely to forget.
my %slips = (
	'a forgotten object'         => 'ALTER EXTENSION kam DROP FUNCTION kam.display_name(kam.tier, text)',
	'another COST'               => 'ALTER FUNCTION kam.display_name(kam.tier, text) COST 7',
	'another volatility'         => 'ALTER FUNCTION kam.display_name(kam.tier, text) VOLATILE',
	'no PARALLEL SAFE'           => 'ALTER FUNCTION kam.tier_in(cstring) PARALLEL UNSAFE',
	'a forgotten comment'        => 'COMMENT ON TYPE kam.tier IS NULL',
	'a forgotten grant'          => 'REVOKE ALL ON TABLE kam.label FROM PUBLIC',
	'a forgotten selectivity'    => 'ALTER OPERATOR pg_catalog.<(kam.tier, kam.tier) SET (RESTRICT = NONE)',
	'a forgotten support function' => 'ALTER OPERATOR FAMILY kam.tier_ops USING btree DROP FUNCTION 2 (kam.tier, kam.tier)',
	'a forgotten column'         => 'ALTER TABLE kam.label ADD COLUMN more text',
	'another default'            => 'ALTER TABLE kam.rule_set ALTER COLUMN voltage_kv SET DEFAULT 115',
	'a forgotten constraint'     => 'ALTER TABLE kam.rule_set DROP CONSTRAINT rule_set_portfolio_limits',
	'a trigger not ALWAYS'       => 'ALTER TABLE kam.rule_set ENABLE TRIGGER row_changed',
	'a forgotten trigger'        => 'DROP TRIGGER row_changed ON kam.rule_set',
	'a forgotten row'            => "DELETE FROM kam.label WHERE label = 'Star'",
	'a table that is not dumped' => "UPDATE pg_catalog.pg_extension SET extconfig = NULL, extcondition = NULL WHERE extname = 'kam'",
);
for my $slip (sort keys %slips)
{
	my @differences = differences($fresh, catalog('fresh', "SET LOCAL allow_system_table_mods = on; $slips{$slip}"));
	cmp_ok(scalar @differences, '>', 0, "the comparison notices $slip");
}

# A value or two of every type, to be read, stored, indexed, sorted and hashed.
my %values = (
	tier        => [ 'Strategic', 'Star', 'Status', 'Streamline' ],
	value_class => [ 'High', 'Low' ],
	criteria    => [ '{voltage,monthly_bill}', '{}' ],
	portfolio   => [ '{Strategic:4,Star:6,Status:5}', '{}' ],
	rate        => [ '45/50', '90/100', '0/0' ],
	satisfaction => [ '{responses:40,sum:170,squares:742,scale:5}', '{responses:1,sum:9.5,squares:90.25,scale:10}', '{}' ],
	kasm_matrix => [ '{high_main:3,low_secondary:7}', '{unclassed_main:1}', '{}' ],
);

for my $old (@released)
{
	( my $database = "from_$old" ) =~ s/\W/_/g;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "CREATE EXTENSION kam VERSION '$old'");

	my @types = split /\n/, $node->safe_psql($database,
		q{SELECT typname FROM pg_type WHERE typnamespace = 'kam'::regnamespace AND typtype = 'b' AND typelem = 0 ORDER BY 1});
	my %stored;
	my $look = sub {
		my ($type) = @_;
		return $node->safe_psql($database, "
			SELECT string_agg(value::text, ' ' ORDER BY value), count(DISTINCT value), count(*) FILTER (WHERE value = value) FROM stored_$type;
			SELECT value, count(*) FROM stored_$type GROUP BY value ORDER BY value;
			SET enable_seqscan = off;
			SELECT value FROM stored_$type WHERE value >= (SELECT min(value) FROM stored_$type) ORDER BY value");
	};
	for my $type (@types)
	{
		ok($values{$type}, "$old: this test knows a value of kam.$type") or next;
		my $rows = join ', ', map { "('$_')" } @{ $values{$type} };
		$node->safe_psql($database, "
			CREATE TABLE stored_$type (value kam.$type UNIQUE);
			INSERT INTO stored_$type VALUES $rows;
			CREATE INDEX ON stored_$type USING hash (value)");
		my $file = PostgreSQL::Test::Utils::tempdir() . "/$type.copy";
		$node->safe_psql($database, "
			COPY stored_$type TO '$file' (FORMAT binary); DELETE FROM stored_$type; COPY stored_$type FROM '$file' (FORMAT binary)");
		$stored{$type} = $look->($type);
		like($stored{$type}, qr/\Q$values{$type}[0]\E/, "$old: kam.$type works with the library of $version");
	}

	# As pg_upgrade leaves a database of an older server: without skip support.
	if ($node->safe_psql($database, 'SHOW server_version_num') >= 180000)
	{
		my @skip_supports = split /\n/, $node->safe_psql($database,
			q{SELECT proname FROM pg_proc WHERE pronamespace = 'kam'::regnamespace AND proname LIKE '%\_skipsupport'});
		is(scalar @skip_supports, 3, "$old: three types have skip support");
		for my $function (@skip_supports)
		{
			( my $type = $function ) =~ s/_skipsupport$//;
			$node->safe_psql($database, "
				ALTER OPERATOR FAMILY kam.${type}_ops USING btree DROP FUNCTION 6 (kam.$type, kam.$type);
				ALTER EXTENSION kam DROP FUNCTION kam.$function(internal);
				DROP FUNCTION kam.$function(internal)");
		}
	}

	$node->safe_psql($database, 'ALTER EXTENSION kam UPDATE');
	is($node->safe_psql($database, "SELECT extversion FROM pg_extension WHERE extname = 'kam'"), $version, "$old is updated to $version");
	for my $type (sort keys %stored)
	{
		is($look->($type), $stored{$type}, "$old: what was stored as kam.$type is unchanged by the update");
	}

	my @differences = differences($fresh, catalog($database, 'SELECT'));
	is(scalar @differences, 0, "$old updated is what a fresh installation is")
	  or diag(join "\n", @differences > 40 ? (@differences[ 0 .. 39 ], '…') : @differences);
}

$node->stop;
done_testing();
