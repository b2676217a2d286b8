-- A user adds a column to every table: the year goes on as before, and an upgrade leaves the columns where they are.
\set ECHO none
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_columns
\set prefix regress_columns_
\set more_columns on
\set play :srcdir '/t/workflow_play.sql'
\i :play
\o
\set ECHO all
\pset tuples_only off

SET ROLE :owner;
SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'my_remark')) AS without,
	count(*) > 60 AS of_many
FROM pg_class c WHERE c.relnamespace = 'wf_columns'::regnamespace AND c.relkind = 'r';
SELECT unit_code, amendment_no, status, my_remark FROM plan WHERE status <> 'draft' OR amendment_no > 0 ORDER BY unit_code, amendment_no;
SELECT * FROM verify_decisions();
SELECT * FROM verify_reports();
SELECT my_remark, count(*) > 0 AS noticed FROM notice GROUP BY 1;
SELECT my_remark, count(*) FROM as_of(NULL::account, '2027-03-31') GROUP BY 1;
SELECT state, count(*) FROM deadline_status WHERE unit_code = 'N1-A' GROUP BY 1 ORDER BY 1;
SELECT state FROM case_status ORDER BY case_id;
RESET ROLE;

\set ECHO none
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
