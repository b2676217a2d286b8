/* COPY skips just the rows whose kam.criteria it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.criteria);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	{}
2	{voltage,voltage}
3	{ SPP_RISK , voltage }
4	\N
5	{power}
6	voltage
7	{discretionary}
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	{}
2	{voltage,voltage}
3	{ SPP_RISK , voltage }
4	\N
5	{power}
6	voltage
7	{discretionary}
\.
SELECT count(*) FROM loaded;
