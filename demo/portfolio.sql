\echo '6 ── The manual''s five key account managers, to the digit ─── manual 6.1.2.1 ──'
\echo '     Strategic 1.0, Star 0.8, Status 0.6; from 6 to 12 for one KAMR.'
\echo '     ผลรวมจำนวนลูกค้ารายสำคัญแบบถ่วงน้ำหนัก ของ KAMR 1 คน'

-- One row per account and its manager, as a workflow keeps them.
CREATE TABLE assignment AS
	SELECT 'KAMR #' || no AS kamr, tier
	FROM (VALUES (1, 'Strategic'::kam.tier, 12), (2, 'Star', 15), (3, 'Status', 20),
			(4, 'Strategic', 2), (4, 'Star', 8), (4, 'Status', 6),
			(5, 'Strategic', 4), (5, 'Star', 6), (5, 'Status', 5)) AS manual (no, tier, accounts),
		generate_series(1, accounts);

\set ECHO queries
SELECT kamr, kam.portfolio(tier), kam.weight(kam.portfolio(tier))
    FROM assignment GROUP BY kamr ORDER BY kamr;
\set ECHO none

DO $$
DECLARE
	weights numeric[] := ARRAY(SELECT kam.weight(kam.portfolio(tier)) FROM assignment GROUP BY kamr ORDER BY kamr);
BEGIN
	IF weights::text <> '{12.0,12.0,12.0,12.0,11.8}' THEN
		RAISE EXCEPTION 'the manual''s table gives %, not {12.0,12.0,12.0,12.0,11.8}', weights;
	END IF;
END
$$;
