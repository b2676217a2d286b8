# Pages and CSV as they leave the database: well-formed, by themselves, and, in a browser and on paper, Thai as it is
# to be set. Whether it is so is measured, by scripts in a copy of the page and in what Chromium prints.

use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Basename;
use JSON::PP;
use Encode qw(decode encode);

my $here  = dirname(__FILE__);
my $files = PostgreSQL::Test::Utils::tempdir();
my $node  = PostgreSQL::Test::Cluster->new('page');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION kam');
$node->command_ok([ 'psql', '-qX', '-d', 'postgres', '-v', 'schema=crm', '-v', 'prefix=wf_', '-f', "$here/workflow_play.sql" ],
	'half a year is played');

sub slurp
{
	my ($file) = @_;
	local $/;
	open my $in, '<:raw', $file or die "$file: $!";
	return scalar <$in>;
}

sub program
{
	my ($name) = @_;
	return (grep { -x } map { "$_/$name" } split /:/, $ENV{PATH})[0];
}

sub spurt
{
	my ($file, $text) = @_;
	open my $out, '>:raw', $file or die "$file: $!";
	print $out encode('UTF-8', $text);
	close $out or die "$file: $!";
}

# As docs/workflow_page.md says: by psql, into a file.
sub write_file
{
	my ($file, $query) = @_;
	$node->psql(
		'postgres', qq{\\pset format unaligned
		\\pset tuples_only on
		SET search_path = crm;
		SET ROLE wf_process_owner_hq;
		\\o $file
		$query;
		\\o}, on_error_die => 1);
	return decode('UTF-8', slurp($file), Encode::FB_CROAK);
}

my $year = write_file("$files/year.html", q{SELECT year_page('N1', 2027)});
my $long = write_file(
	"$files/long.html", q{
	SELECT _page(jsonb_build_array(jsonb_build_object('form', 'CRM-KAM-005', 'title_th', 'ทดสอบตารางยาว', 'sections', jsonb_build_array(jsonb_build_object(
		'kind', 'table', 'title_th', 'ตาราง', 'columns', (SELECT jsonb_agg(jsonb_build_object('name', 'c' || c, 'label_th', 'หัวข้อ' || c, 'type', 'text')) FROM generate_series(1, 8) c),
		'rows', (SELECT jsonb_agg((SELECT jsonb_object_agg('c' || c, CASE c WHEN 1 THEN 'R' || to_char(n, 'FM0000') ELSE 'ผู้ประสานงานของบริษัทน้ำตาลไทย' END) FROM generate_series(1, 8) c) ORDER BY n)
			FROM generate_series(1, 500) n))))))});

# ---- a page by itself

for my $page ([ 'the report of a year', $year ], [ 'a long table', $long ])
{
	my ($name, $html) = @$page;
	(my $shapes = $html) =~ s/xmlns="http:\/\/www\.w3\.org\/2000\/svg"//g;
	like($html, qr/^<!DOCTYPE html>\n<html lang="th">\n<head>\n<meta charset="utf-8"\/>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none';/, "$name begins as a page");
	unlike($shapes, qr/https?:|\/\/[a-z]|\bsrc=|\burl\((?!#)|\@import|<(script|link|iframe|object|embed|img|form)\b|\son[a-z]+=/i, "$name asks for nothing and runs nothing");
	my %ids;
	$ids{$_}++ for $html =~ /\sid="([^"]*)"/g;
	is(join(' ', grep { $ids{$_} > 1 } sort keys %ids), '', "$name: each id once");
	is(join(' ', grep { !$ids{$_} } $html =~ /(?:href="#|url\(#)([^")]*)/g), '', "$name: each link has its end");
	is(join(' ', grep { !$ids{$_} } map { split ' ' } $html =~ /aria-labelledby="([^"]*)"/g), '', "$name: each name that is said to a screen reader is there");
	my ($before, @skipped) = (0);
	for my $level ($html =~ /<h([1-6])\b/g)
	{
		push @skipped, "h$before-h$level" if $level > $before + 1;
		$before = $level;
	}
	is("@skipped", '', "$name: no level of headings is left out");
	is(scalar(() = $html =~ /<h1\b/g), 1, "$name has one title");
	is(scalar(() = $html =~ /<table><thead>/g) + scalar(() = $html =~ /<thead><tr>(?:(?!<\/tr>).)*<th (?!scope="col")/g), 0, "$name: tables have captions, heads are heads of columns");
}
cmp_ok(scalar(() = $year =~ /<svg /g), '>=', 12, 'the year has its pictures');
like($year, qr/<p class="form">$_</, "the year has $_") for qw(CRM-KAM-001 CRM-KAM-002 CRM-KAM-003 CRM-KAM-004 CRM-KAM-005 VOC-60-001);
unlike($year, qr/<pre>/, 'and all its pictures were let in');

SKIP:
{
	skip 'xmllint (Debian: libxml2-utils) is not there', 2 if !program('xmllint');
	command_ok([ 'xmllint', '--noout', "$files/$_.html" ], "$_.html is well-formed") for qw(year long);
}

# ---- CSV

# What a reader of RFC 4180 makes of it.
sub read_csv
{
	my ($text) = @_;
	my (@rows, @row);
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n?\z)/gc)
	{
		my ($quoted, $plain, $end) = ($1, $2, $3);
		push @row, { text => defined $quoted ? $quoted =~ s/""/"/gr : $plain, quoted => defined $quoted };
		next if $end eq ',';
		push @rows, [@row];
		@row = ();
		last if $end !~ /\r/;
	}
	die "not CSV, from: " . substr($text, pos $text // 0, 60) if (pos($text) // 0) < length $text;
	return @rows;
}

my $csv = write_file("$files/accounts.csv", q{SELECT form_csv('CRM-KAM-001', 'N1-A', 2027, section => 2)});
like($csv, qr/^\x{FEFF}"/, 'CSV begins with the mark of UTF-8');
unlike($csv =~ s/\n\z//r =~ s/"(?:[^"]|"")*"//gr, qr/(?<!\r)\n/, 'its lines end in CR LF');
my @rows = read_csv(substr $csv, 1);
cmp_ok(scalar @rows, '>', 5, 'it has rows');
is(scalar(grep { @$_ != @{ $rows[0] } } @rows), 0, 'all of as many columns');
my $all = write_file("$files/all.csv", q{SELECT form_csv('CRM-KAM-004', 'N1', 2027)});
for my $cell (map { @$_ } @rows, read_csv(substr $all, 1))
{
	fail("\"$cell->{text}\" is no formula") if $cell->{text} =~ /^\s*[-=+@]/ && $cell->{text} !~ /^-?[0-9.]+$/;
	fail("\"$cell->{text}\" is quoted") if !$cell->{quoted} && $cell->{text} !~ /^(-?[0-9][0-9.]*|TRUE|FALSE|\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?|)$/;
}

# ---- in a browser

my ($chromium) = grep { $_ } map { program($_) } qw(chromium chromium-browser google-chrome);
my $thai_fonts = program('fc-list') ? `fc-list :lang=th family` : '';
my $missing = join ', ', !$chromium ? 'chromium' : (), !$thai_fonts ? 'fonts with Thai letters (Debian: fonts-thai-tlwg)' : (),
  !program('pdftotext') ? 'pdftotext (Debian: poppler-utils)' : ();

sub browse
{
	my @arguments = @_;
	local $ENV{HOME} = $files;
	my $out = '';
	my $err = '';
	IPC::Run::run([ $chromium, qw(--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars --no-first-run),
			"--user-data-dir=$files/chromium", @arguments ], '>', \$out, '2>', \$err, IPC::Run::timeout(180));
	return $out;
}

# Runs in a copy of the page without the policy that forbids it.
my $measuring = <<'JS';
{
const found = {}, say = (what, detail) => (found[what] ||= []).push(detail);
const probe = document.createElement('span');
probe.style.cssText = 'position: absolute; white-space: nowrap; padding: 0';
function width(text, at) { at.append(probe); probe.textContent = text; const w = probe.getBoundingClientRect().width; probe.remove(); return w; }
const canvas = document.createElement('canvas'), pen = canvas.getContext('2d', { willReadFrequently: true });

// One element of each way that text is set.
const ways = new Map();
for (const e of document.querySelectorAll('p, td, th, dt, dd, li, h1, h2, h3, span.english, a')) {
	if (e.closest('.watermark, .hash') || !e.textContent.trim()) continue;
	const s = getComputedStyle(e), way = [s.fontFamily, s.fontSize, s.fontWeight, s.lineHeight].join('|');
	if (!ways.has(way)) ways.set(way, e);
}
for (const [way, e] of ways) {
	const s = getComputedStyle(e), name = e.tagName + '.' + e.className + ' ' + s.fontSize;
	// Marks above and below take no room of their own; a dotted circle or a box would.
	for (const mark of 'ัิีึืฺุู็่้๊๋์ํ')
		if (Math.abs(width('ก' + mark, e) - width('ก', e)) > 0.3) say('mark', name + ' ก' + mark);
	for (const [marked, plain] of [['น้ำ', 'นำ'], ['กู้', 'ก'], ['ปี่', 'ป'], ['ที่สิ้นสุด', 'ทสนสด'], ['กั้น', 'กน'], ['ญู่ปุ่น', 'ญปน']])
		if (Math.abs(width(marked, e) - width(plain, e)) > 0.5) say('marks', name + ' ' + marked);
	// What is written reaches over no other line: vowel and tone above, vowel below.
	pen.font = `${s.fontWeight} ${s.fontSize} ${s.fontFamily}`;
	const tall = e.matches('.english') ? 'Ágy' : 'ปี้ที่ฟ้ญูผู้', ink = pen.measureText(tall), room = s.lineHeight === 'normal' ? Infinity : parseFloat(s.lineHeight);
	if (Math.abs(ink.width - width(tall, e)) > 2) say('font', name);
	if (ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent > room + 0.5)
		say('overlap', `${name}: ${(ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent).toFixed(1)} of ${room}`);
}
// Every Thai letter has a shape of its own, none is the box for letters that a font has not.
const shapes = new Map();
canvas.width = canvas.height = 60;
pen.font = '36px ' + getComputedStyle(document.body).fontFamily;
for (let c = 0x0E01; c <= 0x0E2E; c++) {
	pen.clearRect(0, 0, 60, 60);
	pen.fillText(String.fromCharCode(c), 10, 45);
	const shape = pen.getImageData(0, 0, 60, 60).data.join();
	if (shapes.has(shape)) say('letter', String.fromCharCode(c) + ' looks like ' + shapes.get(shape));
	shapes.set(shape, String.fromCharCode(c));
}
// Nothing is wider than its place.
for (const e of document.querySelectorAll('p, td, th, dt, dd, li, h1, h2, h3, article'))
	if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') say('too wide', e.tagName + ' ' + e.textContent.trim().slice(0, 40));
// Lines of Thai break between words.
const text = 'การไฟฟ้าส่วนภูมิภาคสำรวจความพึงพอใจของลูกค้ารายสำคัญเพื่อปรับปรุงคุณภาพการให้บริการอย่างต่อเนื่อง';
const box = document.createElement('p'), ends = new Set();
let at = 0, lines = 0, top = null;
for (const word of new Intl.Segmenter('th', { granularity: 'word' }).segment(text)) ends.add(word.index);
box.style.width = '120px';
box.textContent = text;
document.querySelector('main').append(box);
for (let i = 0; i < text.length; i++) {
	const range = new Range();
	range.setStart(box.firstChild, i); range.setEnd(box.firstChild, i + 1);
	const y = range.getBoundingClientRect().bottom;
	if (top !== null && y > top + 8) { lines++; if (!ends.has(i)) say('line', text.slice(i - 5, i) + '|' + text.slice(i, i + 5)); }
	if (top === null || y > top + 8) top = y;
}
found.counted = { ways: ways.size, shapes: shapes.size, lines };
document.body.innerHTML = '';
const result = document.createElement('pre');
result.id = 'result';
result.textContent = JSON.stringify(found);
document.body.append(result);
}
JS

# The texts of the pages that Chromium prints; blanks, which a reader of PDF puts between marks, left out.
sub printed
{
	my ($name) = @_;
	browse('--no-pdf-header-footer', "--print-to-pdf=$files/$name.pdf", "file://$files/$name.html");
	return () if !-s "$files/$name.pdf";
	my $text = `pdftotext $files/$name.pdf -`;
	$text =~ s/[ \n]//g;
	return split /\f/, $text;
}

SKIP:
{
	skip "not there: $missing", 1 if $missing;

	(my $copy = $year) =~ s/<meta http-equiv="Content-Security-Policy"[^>]*>//;
	$copy =~ s/<\/body>/<script>\n$measuring<\/script>\n<\/body>/;
	spurt("$files/measured.html", $copy);
	my $dom = decode('UTF-8', browse('--window-size=1200,1600', '--virtual-time-budget=20000', '--dump-dom', "file://$files/measured.html"));
	my ($json) = $dom =~ /<pre id="result">(.*?)<\/pre>/s;
	ok(defined $json, 'the page can be measured') or diag(substr $dom, 0, 2000);
	my $found = decode_json(encode('UTF-8', ($json // '{}') =~ s/&lt;/</gr =~ s/&gt;/>/gr =~ s/&amp;/&/gr));
	my $counted = delete $found->{counted} // {};
	cmp_ok($counted->{ways} // 0, '>', 8, 'text is set in ways to be measured');
	cmp_ok($counted->{lines} // 0, '>', 3, 'and in lines');
	is($counted->{shapes}, 46, 'each Thai letter has its shape');
	is(join("\n", @{ $found->{$_} // [] }), '', "Thai in the browser: $_")
	  for ('mark', 'marks', 'font', 'overlap', 'letter', 'too wide', 'line');

	browse('--window-size=900,1300', "--screenshot=$files/year.png", "file://$files/year.html");
	like(substr(slurp("$files/year.png"), 0, 8), qr/^\x89PNG/, 'there is a screenshot');
	cmp_ok(-s "$files/year.png", '>', 20000, 'which shows something');

	# ---- on paper

	my @pages = printed('year');
	cmp_ok(scalar @pages, '>', 10, 'the year is printed');
	like($pages[0], qr/รายงานการบริหารลูกค้ารายสำคัญ/, 'Thai that is printed can be read back');
	my $number = 0;
	is(scalar(grep { $number++; !/หน้า$number\/${\scalar @pages}/ } @pages), 0, 'pages are numbered');
	my %paper;
	$paper{$1}++ while `pdfinfo -f 1 -l ${\scalar @pages} $files/year.pdf` =~ /size: +(\d+\.?\d* x \d+\.?\d*)/g;
	is(scalar(grep { !/^(59\d.* x 84\d|84\d.* x 59\d)/ } keys %paper), 0, 'on A4') or diag(join "\n", keys %paper);
	is(scalar(keys %paper), 2, 'some of them in landscape');
	my @fonts = grep { !/^(name|---|\[none\])/ } split /\n/, `pdffonts $files/year.pdf`;
	is(scalar(grep { !/ (yes) (yes|no) +(yes|no) +\d+ +\d+$/ } @fonts), 0, 'all fonts are in the file') or diag(join "\n", @fonts);
	my %thai = map { (s/ //gr => 1) } map { split /,/ } split /\n/, $thai_fonts;
	ok((grep { /^[A-Z]{6}\+([A-Za-z0-9]+)/ && $thai{$1} } @fonts), 'a Thai one is among them') or diag(join "\n", @fonts);

	@pages = printed('long');
	cmp_ok(scalar @pages, '>', 10, 'a long table goes over many pages');
	is(scalar(grep { !/หัวข้อ1.*หัวข้อ8/s } @pages), 0, 'each begins with the head of the table');
	is(join(' ', grep { my $row = sprintf 'R%04d', $_; 1 != grep { /$row/ } @pages } 1 .. 500), '', 'each row is there, once');
}

# ---- the demonstration leaves its report with whoever asked for it

mkdir "$files/tools" or die;
spurt("$files/tools/demo", decode('UTF-8', slurp("$here/../../tools/demo")));
spurt("$files/tools/sandbox", "#!/bin/sh\n[ -z \"\$KAM_DEMO_REPORT_FD\" ] || echo \"\$KAM_DEMO_REPORT\" >&\"\$KAM_DEMO_REPORT_FD\"\nexit \${STATUS:-0}\n");
chmod 0755, "$files/tools/demo", "$files/tools/sandbox";
sub demo
{
	my ($directory, %environment) = @_;
	local @ENV{ keys %environment } = values %environment;
	return system(qq{cd "$directory" && "$files/tools/demo"});
}
mkdir "$files/called from here" or die;
is(demo("$files/called from here"), 0, 'tools/demo runs');
like(slurp("$files/called from here/kam-report-2569.html"), qr{/called from here/kam-report-2569\.html\n$}, 'and leaves the report where it was called');
isnt(demo("$files/called from here", STATUS => 3), 0, 'where the demonstration fails, so does it');
is(join(' ', map { basename($_) } glob("'$files/called from here/*'")), 'kam-report-2569.html', 'and leaves nothing half done');
is(demo($files, KAM_DEMO_REPORT => 'named.html'), 0, 'a file can be named');
ok(-s "$files/named.html", 'and is written');
is(demo($files, KAM_DEMO_REPORT => "$files/no/such/directory/x.html"), 0, 'where it cannot be left, the demonstration runs all the same');
ok(!-e "$files/no", 'and makes no directories');

done_testing();
