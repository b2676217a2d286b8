# Who may install the extension and what they can do with it, and that nothing that somebody
# put into the database beforehand gets a hold of it.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('install');
$node->init;
$node->start;

# The SQLSTATE that a statement ends in, 00000 for none.
sub sqlstate
{
	my ($database, $role, $sql) = @_;
	my ($status, $stdout, $stderr) = $node->psql($database, "\\set VERBOSITY sqlstate\nSET SESSION AUTHORIZATION $role;\n$sql");
	return $stderr =~ /ERROR:\s+(\w{5})/ ? $1 : $stderr eq '' ? '00000' : $stderr;
}

$node->safe_psql('postgres', q{
	CREATE ROLE keeper; CREATE ROLE visitor; CREATE ROLE assistant;
	CREATE DATABASE owned OWNER keeper;
});

# ---- A database owner who is no superuser

is(sqlstate('owned', 'visitor', 'CREATE EXTENSION kam'), '42501', 'a visitor cannot install it');
is(sqlstate('owned', 'keeper', 'CREATE EXTENSION kam'), '00000', 'the owner of the database can');
is(sqlstate('owned', 'keeper', "INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('mine', 2030)"), '00000', 'and add rule sets');
is(sqlstate('owned', 'keeper', "UPDATE kam.rule_set SET weight_star = 0.7 WHERE rule_set = 'mine'"), '00000', 'and change them');
is(sqlstate('owned', 'keeper', "UPDATE kam.rule_set SET weight_star = 0.7 WHERE builtin"), '55000', 'but not those built in');
is(sqlstate('owned', 'keeper', 'DELETE FROM kam.rule_set WHERE builtin'), '55000', 'nor delete those');
is(sqlstate('owned', 'keeper', 'UPDATE kam.label SET name_en = label'), '42501', 'nor rename labels');
is(sqlstate('owned', 'keeper', 'GRANT INSERT ON kam.rule_set TO assistant'), '00000', 'who writes rule sets is theirs to grant');
is(sqlstate('owned', 'assistant', "INSERT INTO kam.rule_set (rule_set) VALUES ('draft')"), '00000', 'and then others can');

# The extension's objects belong to the bootstrap superuser, so nothing that runs when they
# are used may be anybody else's.
for my $ddl (
	'CREATE TRIGGER mine BEFORE INSERT ON kam.rule_set FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
	'ALTER TABLE kam.rule_set ADD COLUMN mine int',
	'ALTER TABLE kam.rule_set DISABLE TRIGGER ALL',
	'CREATE FUNCTION kam.mine() RETURNS int RETURN 1',
	'ALTER FUNCTION kam.version() OWNER TO keeper',
	'CREATE POLICY mine ON kam.rule_set',
	'CREATE RULE mine AS ON INSERT TO kam.rule_set DO ALSO SELECT 1')
{
	is(sqlstate('owned', 'keeper', $ddl), '42501', "not allowed: $ddl");
}

is(sqlstate('owned', 'visitor', q{
		SELECT kam.kasm('High', kam.main_criteria(voltage_kv => 115)), kam.weight('Star'::kam.tier), name_th FROM kam.label;
		CREATE TEMP TABLE t (tier kam.tier PRIMARY KEY)}),
	'00000', 'anybody can use it');
is(sqlstate('owned', 'visitor', "INSERT INTO kam.rule_set (rule_set) VALUES ('x')"), '42501', 'but not write rule sets');

is($node->safe_psql('owned', q{SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'kam'::regnamespace}), '0', 'no function is SECURITY DEFINER');
is(sqlstate('owned', 'keeper', 'DROP EXTENSION kam'), '00000', 'who installed it can drop it');
is($node->safe_psql('owned', q{SELECT count(*) FROM pg_depend WHERE refobjid >= 16384 OR objid >= 16384}), '0', 'and nothing is left of it')
  or diag($node->safe_psql('owned', q{SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend WHERE objid >= 16384}));

# ---- Somebody was there before

$node->safe_psql('postgres', 'CREATE DATABASE squatted');
$node->safe_psql('squatted', 'CREATE SCHEMA kam AUTHORIZATION visitor');
is(sqlstate('squatted', 'DEFAULT', 'CREATE EXTENSION kam'), '42P06', 'a schema of that name is not taken over');
$node->safe_psql('squatted', 'DROP SCHEMA kam');

# Traps in a schema that comes before pg_catalog: a copy of every function and operator of
# pg_catalog that does nothing but fail, overloads that fit a literal better than the real ones
# (these are found even where pg_catalog comes first, as it does in an install script), and types
# and tables with names that a script might mean.
$node->safe_psql('squatted', q{
	CREATE SCHEMA trap;
	GRANT USAGE ON SCHEMA trap TO PUBLIC;
	CREATE FUNCTION trap.spring() RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'trapped' USING ERRCODE = 'KAM00'; END $f$;
	DO $do$
	DECLARE
		trap record;
	BEGIN
		FOR trap IN
			SELECT DISTINCT proname AS name, args
			FROM pg_proc AS p, unnest(ARRAY[pg_get_function_identity_arguments(oid), 'text', 'text, text', 'text, int', 'regclass, text', 'text, text, text']) AS args
			WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provariadic = 0
				AND args !~ 'OUT '
		LOOP
			BEGIN
				EXECUTE format('CREATE FUNCTION trap.%I(%s) RETURNS boolean LANGUAGE sql AS %L', trap.name, trap.args, 'SELECT trap.spring()');
			EXCEPTION WHEN duplicate_function OR invalid_function_definition THEN NULL; -- such as internal ones
			END;
		END LOOP;

		FOR trap IN
			SELECT oprname AS name, format_type(oprleft, NULL) AS l, format_type(oprright, NULL) AS r FROM pg_operator
			WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprkind = 'b' AND oprleft <> 'record'::regtype
		LOOP
			BEGIN
				EXECUTE format('CREATE FUNCTION trap.spring(%s, %s) RETURNS boolean LANGUAGE sql AS %L', trap.l, trap.r, 'SELECT trap.spring()');
			EXCEPTION WHEN duplicate_function THEN NULL;
			END;
			EXECUTE format('CREATE OPERATOR trap.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = trap.spring)', trap.name, trap.l, trap.r);
		END LOOP;

		FOR trap IN SELECT unnest('{text,int4,int8,numeric,bool,date,regclass,tier,value_class,criteria,portfolio,rate}'::text[]) AS name LOOP
			EXECUTE format('CREATE DOMAIN trap.%I AS pg_catalog.int2 CHECK (trap.spring())', trap.name);
		END LOOP;
		FOR trap IN SELECT unnest('{label,rule_set,pg_class,pg_attribute,pg_proc,pg_type,pg_extension}'::text[]) AS name LOOP
			EXECUTE format('CREATE TABLE trap.%I (x pg_catalog.int4)', trap.name);
		END LOOP;
	END
	$do$});

# The same customers and questions with and without traps. The questions name what they mean.
my $customers = q{
	CREATE TABLE public.customer (account_id pg_catalog.text, area pg_catalog.text, value_class kam.value_class,
		voltage_kv pg_catalog.numeric, avg_monthly_bill_thb pg_catalog.numeric, business_prospect pg_catalog.bool, chosen kam.tier);
	INSERT INTO public.customer VALUES
		('1', 'a', 'High', 115, 30000000, NULL, 'Star'), ('2', 'a', 'Low', 22, 4000, true, 'Star'), ('3', 'a', NULL, NULL, NULL, NULL, NULL),
		('4', 'b', 'Medium', 33, 21000000, false, 'Status'), ('5', 'b', 'High', 22, 90000, NULL, 'Strategic');
};
my @questions = (
	q{SELECT kam.version()},
	q{SELECT t.label, t.name_th FROM kam.label AS t ORDER BY t.type, t.label},
	q{SELECT kam.rule_set_in_force(2030), kam.rule_set_in_force()},
	q{SELECT 'star'::kam.tier, ' H '::kam.value_class, '{voltage,spp_risk}'::kam.criteria, '{Star:2}'::kam.portfolio, '45/50'::kam.rate},
	q{SELECT kam.display_name('Star'::kam.tier, 'en'), kam.definition('High'::kam.value_class, 'th'), kam.members('{voltage,spp_risk}')},
	q{SELECT kam.weight('Star'::kam.tier), kam.weight('{Star:15}'::kam.portfolio, 2030), kam.percent('45/50')},
	q{SELECT kam.kasm('High', kam.main_criteria(voltage_kv => 115, plan_year => 2030))},
	q{SELECT * FROM kam.explain_kasm('High', voltage_kv => 115, avg_monthly_bill_thb => 1000)},
	q{SELECT * FROM kam.nearest_miss('High', avg_monthly_bill_thb => 19200000)},
	q{SELECT kam.portfolio(c.chosen), kam.rate(c.business_prospect), kam.criteria_union('{voltage}') FROM public.customer AS c},
	q{SELECT c.area, kam.bill_cutoff(c.avg_monthly_bill_thb, '{}') FROM public.customer AS c GROUP BY c.area ORDER BY c.area},
	q{SELECT * FROM kam.fact_columns('public.customer')},
	q{SELECT * FROM kam.classify('public.customer', 2030) AS c ORDER BY c.account_id},
	q{SELECT * FROM kam.area_cutoff('public.customer') AS c ORDER BY c.area},
	q{INSERT INTO kam.rule_set (rule_set, voltage_kv) VALUES ('draft', 22); SELECT * FROM kam.what_if('public.customer', 'draft') AS c ORDER BY c.account_id},
	q{SELECT kam.create_kasm_view('public.classified', 'public.customer'); SELECT * FROM public.classified AS c ORDER BY c.account_id},
	q{SELECT kam.create_kasm_view('public.stored', 'public.customer', plan_year => 2030, stored_cutoffs => true); SELECT * FROM public.stored AS c ORDER BY c.account_id},
	q{SELECT kam.check_special_selection(NULL, 'Status', '{discretionary}', 'because')},
);
my @mistakes = (
	q{SELECT kam.weight(kam.portfolio('Star'::kam.tier), rule_set => 'nobody''s')},
	q{SELECT 'Sta'::kam.tier},
	q{SELECT kam.main_criteria(voltage_kv => -1)},
	q{SELECT * FROM kam.classify('kam.label')},
	q{UPDATE kam.rule_set SET title = title},
);

$node->safe_psql('postgres', 'CREATE DATABASE free');
$node->safe_psql('free', "CREATE EXTENSION kam; $customers");

my $trapped = 'SET search_path = trap, pg_catalog;';
is(sqlstate('squatted', 'DEFAULT', "$trapped SELECT lower('A'::pg_catalog.text)"), 'KAM00', 'the traps are armed: a function');
is(sqlstate('squatted', 'DEFAULT', "$trapped SELECT 1 = 1"), 'KAM00', 'an operator');
is(sqlstate('squatted', 'DEFAULT', "$trapped CREATE EXTENSION kam; $customers"), '00000', 'the extension is installed among traps');

for my $sql (@questions, @mistakes)
{
	my $mistaken = grep { $_ eq $sql } @mistakes;
	my (undef, $free,    $free_error)    = $node->psql('free',     "SET search_path = pg_catalog; $sql");
	my (undef, $hostile, $hostile_error) = $node->psql('squatted', "$trapped $sql");
	is("$hostile\n$hostile_error", "$free\n$free_error", "among traps: $sql");
	ok($mistaken ? $free_error =~ /ERROR/ : $free_error !~ /ERROR/, $mistaken ? 'an error' : 'no error') or diag($free_error);
}

$node->stop;
done_testing();
