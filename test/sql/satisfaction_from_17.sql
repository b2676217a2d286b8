/* COPY skips just the rows whose kam.satisfaction it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.satisfaction);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	{}
2	4.25
3	{responses:1,sum:4,squares:16,scale:5}
4	\N
5	{responses:1,sum:6,squares:36,scale:5}
6	{responses:1,sum:4,squares:16}
7	{scale:10,responses:2,sum:18.5,squares:171.25}
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	{}
2	4.25
3	{responses:1,sum:4,squares:16,scale:5}
\.
SELECT count(*) FROM loaded;
