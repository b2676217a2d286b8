/* COPY skips just the rows whose kam.portfolio it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.portfolio);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	{}
2	{Star:-1}
3	{ Star : 3 }
4	\N
5	{Gold:1}
6	{Star:1,Star:1}
7	{Status:9223372036854775807}
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	{}
2	{Star:-1}
3	{ Star : 3 }
4	\N
5	{Gold:1}
6	{Star:1,Star:1}
7	{Status:9223372036854775807}
\.
SELECT count(*) FROM loaded;
