/* Errors in the text of a kam.value_class are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 30) AS input, pg_input_is_valid(input, 'kam.value_class') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('High'), (' m '), (NULL), (''), ('X'), ('High Medium'), (U&'H\0456gh'), (repeat('H', 5000))) AS v (input),
	pg_input_error_info(input, 'kam.value_class') AS e;
SELECT pg_input_is_valid('{}', 'kam.value_class[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.value_class[]') AS wrong_element;
