\echo '4 ── Why? Three accounts, in English and Thai ──────────── manual 6.1.1.2(1) ──'
\echo '     Every criterion, and the smallest changes that would give another tier.'
\echo '     เข้าเกณฑ์ข้อใด เพราะเหตุใด และขาดอีกเท่าใด'
\echo '   SELECT e.* FROM customer_kasm AS c, kam.explain_kasm(c.value_class,'
\echo '       c.voltage_kv, …, bill_cutoff_thb => c.bill_cutoff_thb) AS e'
\echo '   and so kam.nearest_miss'
\echo

-- Three worth explaining: a Strategic account by two criteria; one whose only criterion is the
-- 20th place of its area; and one that would be Strategic with a little more, or with facts known.
SELECT account_id AS strategic FROM customer_kasm
	WHERE tier = 'Strategic' AND criteria = '{voltage,spp_risk}'
	ORDER BY account_id LIMIT 1 \gset
SELECT account_id AS by_rank FROM customer_kasm
	WHERE avg_monthly_bill_thb = bill_cutoff_thb AND criteria = '{monthly_bill}' AND value_class IS NOT NULL
	ORDER BY account_id LIMIT 1 \gset
SELECT account_id AS near_miss FROM customer_kasm
	WHERE tier = 'Status' AND bill_cutoff_thb IS NULL AND num_nulls(voltage_kv, self_generation_mw,
		largest_job_thb, national_strategy) > 0
	ORDER BY avg_monthly_bill_thb DESC NULLS LAST, account_id LIMIT 1 \gset

CREATE FUNCTION pg_temp.figure(value numeric) RETURNS text
	LANGUAGE sql IMMUTABLE
	RETURN CASE WHEN value < 1000 THEN trim_scale(value)::text ELSE to_char(value, 'FM999,999,999,990') END;

-- All seven criteria with their figures, the sentences of those with one status, the nearest miss,
-- and the first fact that is only not known.
CREATE FUNCTION pg_temp.explain(account bigint, sentences_of text, with_misses boolean) RETURNS SETOF text
	LANGUAGE sql
BEGIN ATOMIC
	WITH c AS (
		SELECT * FROM customer_kasm WHERE account_id = account
	), e AS (
		SELECT e.*
		FROM c, kam.explain_kasm(value_class, voltage_kv, avg_monthly_bill_thb, spp_zone,
			self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect,
			national_strategy, nationwide_network, bill_cutoff_thb => c.bill_cutoff_thb) AS e
	), m AS (
		SELECT m.*
		FROM c, kam.nearest_miss(value_class, voltage_kv, avg_monthly_bill_thb, spp_zone,
			self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect,
			national_strategy, nationwide_network, bill_cutoff_thb => c.bill_cutoff_thb) AS m
		WHERE with_misses
		ORDER BY m.rank = 1 DESC, m.change = 'learn' DESC, m.rank LIMIT 2
	), line AS (
		SELECT 0 AS part, '' AS place, 0 AS lang, format('   %s · %s · %s · class %s → %s', account_id,
			name, coalesce(area, 'HQ'), value_class, tier) AS content
		FROM c
		UNION ALL
		SELECT 1, section, 0, rtrim(format('     %s %s %s %s', letter, rpad(criterion, 18), rpad(status, 8),
			CASE
				WHEN (value >= threshold) <> (status = 'met') THEN rtrim(split_part(text_en, ': ', 2), '.')
				WHEN threshold IS NOT NULL THEN concat_ws(' ', coalesce(pg_temp.figure(value), '?'),
					CASE WHEN value >= threshold THEN '≥' WHEN value < threshold THEN '<' ELSE 'of' END,
					pg_temp.figure(threshold), unit)
			END))
		FROM e
		UNION ALL
		SELECT 2, section, lang, pg_temp.wrap(content, '     ')
		FROM e, LATERAL (VALUES (1, letter || ' ' || text_en), (2, letter || ' ' || text_th)) AS s (lang, content)
		WHERE status = sentences_of
		UNION ALL
		SELECT 3, rank::text, lang, pg_temp.wrap(content, '     ')
		FROM m, LATERAL (VALUES (1, '→ ' || text_en), (2, '→ ' || text_th)) AS s (lang, content)
	)
	SELECT content FROM line ORDER BY part, place, lang;
END;

\pset format unaligned
\pset tuples_only on
SELECT pg_temp.explain(:strategic, 'met', false);
\echo
SELECT pg_temp.explain(:by_rank, 'met', false);
\echo
SELECT pg_temp.explain(:near_miss, 'unknown', true);
\echo
\pset tuples_only off
\pset format aligned
