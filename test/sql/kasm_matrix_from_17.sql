/* COPY skips just the rows whose kam.kasm_matrix it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.kasm_matrix);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	{}
2	3
3	{high_main:3,low_secondary:7}
4	\N
5	{high_main:-3}
6	{low_main:1,low_main:2}
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	{}
2	3
3	{high_main:3}
\.
SELECT count(*) FROM loaded;
