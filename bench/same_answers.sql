-- Before anything is timed: the competitors agree, or this is an error.

SET jit = off;

CALL bench.same_answers(
    'SELECT account_id, tier::text FROM by_kam',
    'SELECT account_id, tier::text FROM by_kam_skipping',
    'SELECT account_id, tier FROM by_case',
    'SELECT account_id, tier FROM by_case_skipping',
    'SELECT account_id, tier FROM by_plpgsql');

CALL bench.same_answers(
    'SELECT account_id, area, value_class, tier FROM by_windows',
    'SELECT account_id, area, value_class, tier FROM by_two_steps',
    'SELECT account_id::bigint, area, value_class, tier::text FROM kam.classify(''customer'')',
    'SELECT account_id, area, value_class, tier::text FROM customer_live',
    'SELECT account_id, area, value_class, tier::text FROM customer_stored');

CALL bench.same_answers(
    'SELECT account_id::bigint, criteria FROM kam.classify(''customer'')',
    'SELECT account_id, criteria FROM customer_live',
    'SELECT account_id, criteria FROM customer_stored');

CALL bench.same_answers(
    'SELECT kam.portfolio(tier) FROM account',
    'SELECT kam.portfolio(count(*) FILTER (WHERE tier = ''Strategic''), count(*) FILTER (WHERE tier = ''Star''),
            count(*) FILTER (WHERE tier = ''Status''), count(*) FILTER (WHERE tier = ''Streamline''))
        FROM account_enum');

CALL bench.same_answers(
    'SELECT kam.weight(kam.portfolio(tier)) FROM account',
    'SELECT sum(CASE tier WHEN ''Strategic'' THEN 1.0 WHEN ''Star'' THEN 0.8 WHEN ''Status'' THEN 0.6
            WHEN ''Streamline'' THEN 0.0 END) FROM account');

CALL bench.same_answers(
    'SELECT kam.percent(kam.rate(on_time)) FROM account',
    'SELECT round(100.0 * count(*) FILTER (WHERE on_time) / count(on_time), 1) FROM account');
