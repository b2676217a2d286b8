/* COPY skips just the rows whose kam.tier it cannot read. */
CREATE TEMPORARY TABLE loaded (id int, value kam.tier);
COPY loaded FROM STDIN (ON_ERROR ignore);
1	Star
2	Gold
3	status
4	\N
5	
6	Stаr
7	STRATEGIC
\.
SELECT * FROM loaded ORDER BY id;
/* Without that option, nothing is half done. */
COPY loaded FROM STDIN;
1	Star
2	Gold
3	status
4	\N
5	
6	Stаr
7	STRATEGIC
\.
SELECT count(*) FROM loaded;
