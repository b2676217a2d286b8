-- Special selection of a customer that is no high value customer (6.1.1.2(2), R3).
\pset null '(null)'

CREATE FUNCTION pg_temp.outcome(value_class kam.value_class, tier kam.tier, ground kam.criteria, reason text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; hint text;
BEGIN
	RETURN kam.check_special_selection(value_class, tier, ground, reason);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN state || ': ' || message || COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;

-- Every class, tier, set of special grounds, with and without a reason, against the rule
CREATE TABLE proposal AS
	SELECT value_class::kam.value_class, tier::kam.tier,
		kam.criteria(VARIADIC COALESCE(array_agg(g) FILTER (WHERE mask >> (n::int - 1) & 1 = 1), '{}')) AS ground,
		reason, mask
	FROM unnest('{High,Medium,Low,NULL}'::text[]) AS value_class,
		unnest('{Strategic,Star,Status,Streamline,NULL}'::text[]) AS tier,
		generate_series(0, 15) AS mask,
		unnest('{corporate_image,outage_damage,existing_key_account,discretionary}'::text[]) WITH ORDINALITY AS u (g, n),
		unnest('{NULL,"","  ",a reason}'::text[]) AS reason
	GROUP BY value_class, tier, mask, reason;
SELECT value_class, tier, count(*) AS proposals,
	count(*) FILTER (WHERE outcome = 'true') AS accepted,
	count(*) FILTER (WHERE outcome LIKE '23514:%') AS refused,
	count(*) FILTER (WHERE (outcome = 'true') <>
		(value_class IS NULL AND COALESCE(tier IN ('Status', 'Streamline'), false) AND mask > 0
		 AND (mask < 8 OR COALESCE(trim(reason), '') <> ''))) AS wrong
FROM proposal, pg_temp.outcome(value_class, tier, ground, reason) AS outcome
GROUP BY value_class, tier
ORDER BY value_class, tier;

-- What is said
SELECT pg_temp.outcome(value_class, tier, ground, reason)
FROM (VALUES
	(NULL::kam.value_class, 'Status'::kam.tier, '{corporate_image}'::kam.criteria, NULL),
	(NULL, 'Streamline', '{outage_damage,existing_key_account}', NULL),
	(NULL, 'Status', '{discretionary}', 'hospital of the province'),
	('Low', 'Streamline', '{corporate_image}', NULL),
	(NULL, 'Star', '{corporate_image}', NULL),
	(NULL, NULL, '{corporate_image}', NULL),
	(NULL, 'Status', '{}', 'a reason'),
	(NULL, 'Status', NULL, 'a reason'),
	(NULL, 'Status', '{voltage}', 'a reason'),
	(NULL, 'Status', '{corporate_image,voltage}', 'a reason'),
	(NULL, 'Status', '{discretionary}', NULL),
	(NULL, 'Status', '{discretionary}', ''),
	(NULL, 'Status', '{discretionary}', E' \t\n'),
	(NULL, 'Status', '{corporate_image,discretionary}', NULL)
) AS v (value_class, tier, ground, reason);
-- blanks of other scripts are no reason either
SELECT pg_temp.outcome(NULL, 'Status', '{discretionary}', U&'\00A0\3000\2003');

-- In a CHECK of somebody's own table
CREATE TABLE proposed (
	account_id int PRIMARY KEY,
	value_class kam.value_class,
	tier kam.tier NOT NULL,
	ground kam.criteria NOT NULL,
	reason text,
	CHECK (kam.check_special_selection(value_class, tier, ground, reason))
);
INSERT INTO proposed VALUES (1, NULL, 'Status', '{corporate_image}', NULL), (2, NULL, 'Streamline', '{discretionary}', 'as the governor asked');
INSERT INTO proposed VALUES (3, 'High', 'Status', '{corporate_image}', NULL);
INSERT INTO proposed VALUES (3, NULL, 'Strategic', '{corporate_image}', NULL);
UPDATE proposed SET reason = NULL;
SELECT * FROM proposed ORDER BY account_id;

-- classify sets no special ground
CREATE TABLE customer (account_id int, area text, value_class kam.value_class, criteria kam.criteria, voltage_kv numeric);
INSERT INTO customer VALUES (1, 'N1', NULL, '{corporate_image}', 115), (2, 'N1', NULL, '{existing_key_account}', 22);
SELECT * FROM kam.classify('customer') ORDER BY account_id;

DROP TABLE proposal, proposed, customer;
