# Thai text search after a dump and restore: the words of the user are there before any index is built,
# and what was built anew is not due to be built anew. By the owner of the database, who is no superuser.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('text_search_dump');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
my $files = PostgreSQL::Test::Utils::tempdir();

$node->safe_psql('postgres', 'CREATE ROLE keeper LOGIN; CREATE DATABASE original OWNER keeper');
$node->safe_psql(
	'original', q{
	SET ROLE keeper;
	CREATE EXTENSION kam;
	CREATE SCHEMA crm;
	CREATE TABLE crm.voice (id int PRIMARY KEY, body text);
	INSERT INTO crm.voice SELECT id, 'ปลาทูทอดกรอบ ไฟกระพริบ ' || id FROM generate_series(1, 2000) AS id;
	CREATE INDEX voice_body ON crm.voice USING gin (to_tsvector('kam.thai', body));
	CREATE MATERIALIZED VIEW crm.term AS SELECT word, ndoc FROM ts_stat($$SELECT to_tsvector('kam.thai', body) FROM crm.voice$$);
	INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทูทอดกรอบ', 'ปลาทู');
	INSERT INTO kam.thai_word (word, enabled) VALUES ('ไฟกระพริบ', false);
	INSERT INTO kam.thai_stop_word (word) VALUES ('กรอบ');
});
my $due      = q{SELECT string_agg(component, ', ' ORDER BY component) FROM kam.text_search_check() WHERE reindex_due};
my $lexemes  = q{SELECT to_tsvector('kam.thai', 'ปลาทูทอดกรอบ ไฟกระพริบ กรอบ')::text};
my $found    = q{SET enable_seqscan = off; SELECT count(*) FROM crm.voice WHERE to_tsvector('kam.thai', body) @@ to_tsquery('kam.thai', 'ปลาทู & 1234')};
my $original = $node->safe_psql('original', $lexemes);
is($node->safe_psql('original', $due), 'stop words, words', 'words were added after the index was built');
is($node->safe_psql('original', $found), '0', 'which misses rows by them');

command_ok([ 'pg_dump', '-Fc', '-f', "$files/dump", $node->connstr('original') ], 'dump');
# Several jobs at once may build the index before the words are there, unless that is a section of its own.
for my $jobs (1, 3)
{
	my $database = "restored_$jobs";
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER keeper");
	for my $section ($jobs == 1 ? '' : qw(--section=pre-data --section=data --section=post-data))
	{
		command_ok([ 'pg_restore', '-e', '-U', 'keeper', '--no-owner', "--jobs=$jobs", grep({ $_ } $section),
				'-d', $node->connstr($database), "$files/dump" ],
			"restore with $jobs jobs, by the owner of the database $section");
	}
	is($node->safe_psql($database, $due), '', 'nothing is due');
	is($node->safe_psql($database, 'SELECT count(*) FROM kam.text_search_version'), '8', 'every component is recorded');
	is($node->safe_psql($database, $lexemes), $original, 'lexemes are the same');
	is($node->safe_psql($database, $found), '1', 'the index finds them');
	is($node->safe_psql($database, 'SELECT count(*) FROM kam.thai_word WHERE NOT builtin'), '2', 'the words of the user are there once');
	is($node->safe_psql($database, q{SELECT ndoc FROM crm.term WHERE word = 'ปลาทู'}), '2000', 'a materialized view was computed with them');
}
is( $node->safe_psql('restored_1', "SET ROLE keeper; INSERT INTO kam.thai_word (word) VALUES ('ปลาหมึก'); $due"),
	'words', 'from now on a new word makes the index due');
is($node->safe_psql('restored_1', "SET ROLE keeper; REINDEX INDEX crm.voice_body; SELECT kam.record_text_search_version(); $due"), "1\n", 'until it is built anew');
is($node->safe_psql('restored_1', "$due"), '', 'and recorded');
$node->stop;
done_testing();
