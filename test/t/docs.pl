#!/usr/bin/perl
# What README.md and docs/ show is what PostgreSQL prints.
#
# The SQL of a page (```sql) is run from top to bottom in one psql session, in a
# fresh database with kam; a page that says CREATE EXTENSION itself gets one without.
# The block after it (```text) is what psql then prints, but for the tags of commands,
# the counts of rows, the CONTEXT of errors and blanks at the ends of lines. SQL that
# prints nothing needs none. Links and the list of functions are looked at too.
#
#   tools/sandbox perl test/t/docs.pl                       test, as make test does
#   tools/sandbox perl test/t/docs.pl --diff | patch -p1    bring the pages up to date

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $diff = grep { $_ eq '--diff' } @ARGV;
my $top  = dirname(abs_path(__FILE__)) . '/../..';
my $temp = tempdir(CLEANUP => 1);
my $mark = '=== the output of block %d ends here ===';
chdir $top or die "$top: $!";

sub read_file
{
	my ($name) = @_;
	local $/;
	open my $in, '<', $name or die "$name: $!";
	return <$in>;
}

sub write_file
{
	my ($name, $text) = @_;
	open my $out, '>', $name or die "$name: $!";
	print $out $text;
	close $out or die "$name: $!";
}

# A page as a list of [ text before, SQL, shown output ]; the last has only text.
sub blocks_of
{
	my ($page) = @_;
	my @blocks;

	while ($page =~ m/\G(.*?^```sql\n)(.*?)^```\n(?:\n*^```text\n(.*?)^```\n)?/gcms)
	{
		push @blocks, [ $1, $2, $3 // '' ];
	}
	return @blocks, [ $page =~ m/\G(.*)\z/gcs ];
}

sub page_of
{
	my $last = pop @_;
	return join '', (map { "$_->[0]$_->[1]```\n" . ($_->[2] eq '' ? '' : "\n```text\n$_->[2]```\n") } @_), $last->[0];
}

# Without what nobody sees: blanks at the ends of lines, empty lines at the end.
sub tidy
{
	my ($output) = @_;
	$output =~ s/[ \t]+$//mg;
	$output =~ s/\A\n+//;
	$output =~ s/\n*\z/\n/;
	return $output eq "\n" ? '' : $output;
}

# What psql prints for each block.
sub run_blocks
{
	my ($database, @blocks) = @_;
	my $i = 0;
	my @outputs;

	write_file("$temp/in.sql", join '', map { "$_->[1]\n\\echo '" . sprintf($mark, $i++) . "'\n" } @blocks);
	my $output = `psql -X -q -d $database --pset=footer=off --pset=pager=off --set=SHOW_CONTEXT=never <$temp/in.sql 2>&1`;
	for my $n (0 .. $#blocks)
	{
		my $end = sprintf $mark, $n;
		if ($output =~ s/\A(.*?)\Q$end\E\n//s) { push @outputs, tidy($1); }
		else { push @outputs, tidy($output); $output = ''; }
	}
	return @outputs;
}

# What is not the implementation of a type, an operator or an aggregate.
my $public_functions = q{
	SELECT DISTINCT 'kam.' || proname FROM pg_proc
	WHERE pronamespace = 'kam'::regnamespace AND prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
		AND proname !~ '^(_|(tier|value_class|criteria|portfolio|rate|satisfaction|kasm_matrix|bill_cutoff)_)'};
$public_functions =~ s/\s+/ /g;

# One form of what a page shows in every place that this test runs in.
$ENV{PGCLIENTENCODING} = 'UTF8';
$ENV{PGTZ} = 'Asia/Bangkok';
$ENV{PGDATESTYLE} = 'ISO';

my $count = 0;
my @public;
for my $name ('README.md', sort glob 'docs/*.md')
{
	my $page   = read_file($name);
	my @blocks = blocks_of($page);
	next if @blocks == 1;

	my $database = 'docs_' . ++$count;
	my $extension = (grep { $_->[1] && $_->[1] =~ /CREATE EXTENSION kam/ } @blocks) ? '' : 'CREATE EXTENSION kam';
	system(qw(createdb --template=template0 --encoding=UTF8 --locale=C), $database) == 0
	  && system(qw(psql -X -q -d), $database, '-c', $extension) == 0
	  or die "cannot prepare a database for $name\n";

	@public = split /\n/, `psql -XAt -d $database -c "$public_functions"` if $extension && !@public;
	my $last    = pop @blocks;
	my @outputs = run_blocks($database, @blocks);
	system 'dropdb', $database;

	if ($diff)
	{
		$blocks[$_][2] = $outputs[$_] for 0 .. $#blocks;
		write_file("$temp/page", page_of(@blocks, $last));
		print `diff -u --label a/$name --label b/$name $name $temp/page`;
		next;
	}
	for my $n (0 .. $#blocks)
	{
		my ($statement) = $blocks[$n][1] =~ m/\A\s*(.*)/;
		is($outputs[$n], tidy($blocks[$n][2]), "$name: $statement");
	}
	# No output that is compared with nothing, no block that is missed.
	my @fences = $page =~ m/^```(\w*)\n.*?^```\n/gms;
	is(scalar(grep { $_ eq 'sql' } @fences), scalar @blocks, "$name: every block of SQL is run");
	is(scalar(grep { $_ eq 'text' } @fences), scalar(grep { $_->[2] ne '' } @blocks), "$name: every block of output follows its SQL");
}

exit 0 if $diff;
cmp_ok($count, '>', 10, 'there are pages with examples');

my %pages = map { $_ => read_file($_) } 'README.md', 'CHANGELOG.md', glob 'docs/*.md';
for my $name (sort keys %pages)
{
	my @lost = grep { !-e dirname($name) . "/$_" } grep { !/^https?:/ } $pages{$name} =~ m/\]\(([^)#]+)/g;
	is("@lost", '', "$name: every link leads to a file");
}
cmp_ok(scalar @public, '>', 20, 'there are functions to describe');
my @missing = grep { my $f = $_; !grep { /\Q$f\E\b/ } values %pages } @public;
is("@missing", '', 'every public function has its place in the docs');
done_testing();
