/* COPY skips just the rows whose kam.rate it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.rate);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	0/0
2	90%
3	 45 / 50
4	\N
5	51/50
6	0.9
7	1/1
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	0/0
2	90%
3	 45 / 50
4	\N
5	51/50
6	0.9
7	1/1
\.
SELECT count(*) FROM loaded;
