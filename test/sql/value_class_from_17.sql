/* COPY skips just the rows whose kam.value_class it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.value_class);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	High
2	Huge
3	l
4	\N
5	
6	Mediun
7	M
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	High
2	Huge
3	l
4	\N
5	
6	Mediun
7	M
\.
SELECT count(*) FROM loaded;
