/* Errors in the text of a kam.rate are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 30) AS input, pg_input_is_valid(input, 'kam.rate') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('0/0'), (' 45 / 50 '), (NULL), (''), ('90%'), ('45/'), ('51/50'), ('-1/5'), ('1/9223372036854775808')) AS v (input),
	pg_input_error_info(input, 'kam.rate') AS e;
SELECT pg_input_is_valid('{}', 'kam.rate[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.rate[]') AS wrong_element;
