/* Errors in the text of a kam.portfolio are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 30) AS input, pg_input_is_valid(input, 'kam.portfolio') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('{}'), ('{Star:2, STATUS:1}'), (NULL), (''), ('{Star}'), ('{Star:-1}'), ('{Star:1,Star:2}'), ('{Gold:1}'), ('{Star:9223372036854775808}')) AS v (input),
	pg_input_error_info(input, 'kam.portfolio') AS e;
SELECT pg_input_is_valid('{}', 'kam.portfolio[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.portfolio[]') AS wrong_element;
