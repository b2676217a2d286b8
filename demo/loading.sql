CREATE EXTENSION kam;

SELECT clock_timestamp() AS started \gset
\ir customers.sql
SELECT clock_timestamp() AS loaded \gset
CREATE TABLE classified AS SELECT * FROM kam.classify('customer');
SELECT clock_timestamp() AS classified \gset

\ir properties.sql

\pset format unaligned
\pset tuples_only on
SELECT rpad(format('kam %s · key account management', kam.version()), 80 - length(server))
	|| server
FROM (SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) AS server) AS s;
\echo '════════════════════════════════════════════════════════════════════════════════'
\echo 'Which customers of an electric utility are key accounts, who looks after them,'
\echo 'and why: the Provincial Electricity Authority''s work manual (2018) as SQL.'
\echo 'ลูกค้ารายใดเป็นลูกค้ารายสำคัญ เพราะเหตุใด และใครดูแล ตามคู่มือการปฏิบัติงานของ กฟภ. (2561)'
\echo
SELECT format('%s invented customers loaded in %s s, classified in %s s:',
	to_char(:customers, 'FM999,999,999'),
	round(extract(epoch FROM timestamptz :'loaded' - :'started'), 1),
	round(extract(epoch FROM timestamptz :'classified' - :'loaded'), 2));
\echo '   CREATE TABLE classified AS SELECT * FROM kam.classify(''customer'')'
\echo
\pset tuples_only off
\pset format aligned
