/* Errors in the text of a kam.kasm_matrix are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 50) AS input, pg_input_is_valid(input, 'kam.kasm_matrix') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('{}'), ('{high_main:3}'), (NULL), (''), ('3'), ('{high_main:-3}'), ('{high:3}'), ('{high_main:9223372036854775808}')) AS v (input),
	pg_input_error_info(input, 'kam.kasm_matrix') AS e;
SELECT pg_input_is_valid('{}', 'kam.kasm_matrix[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.kasm_matrix[]') AS wrong_element;
