/* Errors in the text of a kam.satisfaction are soft: they can be asked for. */
\pset format unaligned
\pset null '<NULL>'
SELECT left(input, 50) AS input, pg_input_is_valid(input, 'kam.satisfaction') AS valid, e.sql_error_code AS code,
	left(e.message, 80) AS message, left(e.detail, 80) AS detail, left(e.hint, 40) AS hint
FROM (VALUES ('{}'), ('{responses:1,sum:4,squares:16,scale:5}'), (NULL), (''), ('4.25'), ('{responses:1,sum:4,squares:16}'), ('{responses:1,sum:6,squares:36,scale:5}'),
	('{responses:1,sum:4.00001,squares:16,scale:5}'), ('{responses:9223372036854775808,sum:0,squares:0,scale:5}')) AS v (input),
	pg_input_error_info(input, 'kam.satisfaction') AS e;
SELECT pg_input_is_valid('{}', 'kam.satisfaction[]') AS no_element, pg_input_is_valid('{NULL,x}', 'kam.satisfaction[]') AS wrong_element;
