/* Errors in the text of a kam.criteria are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 30) AS input, pg_input_is_valid(input, 'kam.criteria') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('{}'), ('{voltage, SPP_RISK}'), (NULL), (''), ('{'), ('{voltage'), ('{voltage,voltage}'), ('{voltage,power}'), (U&'{volt\0430ge}')) AS v (input),
	pg_input_error_info(input, 'kam.criteria') AS e;
SELECT pg_input_is_valid('{}', 'kam.criteria[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.criteria[]') AS wrong_element;
