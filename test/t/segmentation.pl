# Where kam.thai cuts what customers of a utility say, against test/segmentation/*.txt, which were
# cut by hand: with the words of kam.thai_word, with those of the trade only, and without. What
# counts is boundaries between two characters neither of which is a blank.
#
# docs/text_search.md states the figures for ICU 72; ICU's dictionary changes from version to
# version, so that here they have to be reached but for a margin.

use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use Test::More;

binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR;
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my $top    = dirname(__FILE__) . '/../..';
my $margin = 0.02;
my $words  = {
	all   => '',
	trade => q{WHERE topic = 'general'},
	none  => 'WHERE true',
};
my @stated = (

	# file, words, sentences, recall, precision
	[ 'sentences', 'all',   200, 0.981, 0.992 ],
	[ 'sentences', 'trade', 200, 0.981, 0.947 ],
	[ 'sentences', 'none',  200, 0.980, 0.802 ],
	[ 'unseen',    'all',   55,  0.991, 0.948 ],
	[ 'unseen',    'none',  55,  0.994, 0.856 ],
);

sub psql
{
	my ($database, $sql) = @_;

	open my $in, '>:encoding(UTF-8)', "$ENV{SANDBOX}/segmentation.sql" or die "segmentation.sql: $!";
	print $in $sql;
	close $in;
	open my $out, '-|:encoding(UTF-8)', 'psql', qw(-X -q -A -t -v ON_ERROR_STOP=1 -f), "$ENV{SANDBOX}/segmentation.sql", $database
	  or die "psql: $!";
	my @lines = <$out>;
	close $out or die "psql failed\n";
	chomp @lines;
	return @lines;
}

sub sentences_of
{
	my ($name) = @_;

	open my $in, '<:encoding(UTF-8)', "$top/test/segmentation/$name.txt" or die "$name.txt: $!";
	my @sentences = grep { !/^#/ } <$in>;
	chomp @sentences;
	return @sentences;
}

# The places where a text with | in it is cut, as a hash, but for those beside a blank.
sub cuts
{
	my ($cut_text) = @_;
	my ($place, $before, %cuts) = (0, ' ');

	while ($cut_text =~ /(\|?)([^|])/g)
	{
		$cuts{$place} = 1 if $1 && $before ne ' ' && $2 ne ' ';
		$before = $2;
		$place++;
	}
	return \%cuts;
}

# How kam.thai cuts them, with some words of the dictionary switched off.
sub cut_by_kam
{
	my ($off, @sentences) = @_;
	my $n = 0;
	my $values = join ",\n", map { "(" . $n++ . ", '" . (s/\|//gr =~ s/'/''/gr) . "')" } @sentences;
	my $switch = $off ? "INSERT INTO kam.thai_word (word, enabled) SELECT word, false FROM kam.thai_word $off;" : '';

	return psql('kam_segmentation', qq{
		BEGIN;
		$switch
		SELECT (SELECT string_agg(token, '|' ORDER BY m) FROM ts_parse('kam.thai', s) WITH ORDINALITY AS p (tokid, token, m))
		FROM (VALUES $values) AS v (n, s) ORDER BY n;
		ROLLBACK;});
}

system(qw(createdb --template=template0 --encoding=UTF8 --locale=C kam_segmentation)) == 0 or die "cannot create a database\n";
psql('kam_segmentation', 'CREATE EXTENSION kam;');
my ($icu) = psql('kam_segmentation', q{SELECT version FROM kam.text_search_version WHERE component = 'ICU'});

for my $figure (@stated)
{
	my ($file, $which, $count, $recall, $precision) = @$figure;
	my @by_hand = sentences_of($file);
	my @by_kam  = cut_by_kam($words->{$which}, @by_hand);
	my ($right, $of_hand, $of_kam) = (0, 0, 0);

	is(scalar @by_hand, $count, "$file: $count sentences");
	is(join("\n", map { s/\|//gr } @by_kam), join("\n", map { s/\|//gr } @by_hand), "$file: nothing is lost");
	for my $i (0 .. $#by_hand)
	{
		my ($hand, $kam) = (cuts($by_hand[$i]), cuts($by_kam[$i]));

		$right += grep { $hand->{$_} } keys %$kam;
		$of_hand += keys %$hand;
		$of_kam  += keys %$kam;
		note "$by_kam[$i]   not   $by_hand[$i]" if join(' ', sort keys %$hand) ne join(' ', sort keys %$kam);
	}
	my $text = sprintf '%s, words: %s, ICU %s: recall %.3f, precision %.3f, %d boundaries',
	  $file, $which, $icu, $right / $of_hand, $right / $of_kam, $of_hand;
	cmp_ok($right / $of_hand, '>=', $recall - $margin, "$text; stated recall $recall");
	cmp_ok($right / $of_kam, '>=', $precision - $margin, "$text; stated precision $precision");
}
system qw(dropdb kam_segmentation);
done_testing();
