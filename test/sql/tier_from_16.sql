/* Errors in the text of a kam.tier are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 30) AS input, pg_input_is_valid(input, 'kam.tier') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('Star'), (' STATUS '), (NULL), (''), ('  '), ('Gold'), ('Star,Status'), (U&'St\0430r'), (U&'\200B'), (repeat('ด', 5000))) AS v (input),
	pg_input_error_info(input, 'kam.tier') AS e;
SELECT pg_input_is_valid('{}', 'kam.tier[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.tier[]') AS wrong_element;
