-- The queries, which is set against which, and the goals.

SET jit = off;
TRUNCATE bench.query, bench.comparison;

-- ---- on the customer's own facts ----

\set section 'Each customer on its own facts'
INSERT INTO bench.query (section, name, sql) VALUES
    (:'section', 'criteria and tier', 'SELECT count(tier), count(criteria) FROM by_kam'),
    (:'section', 'CASE, tier alone', 'SELECT count(tier) FROM by_case'),
    (:'section', 'PL/pgSQL, tier alone', 'SELECT count(tier) FROM by_plpgsql'),
    -- The last column: PostgreSQL gets there through all others.
    (:'section', 'bare scan', 'SELECT count(nationwide_network) FROM customer'),
    (:'section', 'tier, skipping', 'SELECT count(tier) FROM by_kam_skipping'),
    (:'section', 'CASE, skipping', 'SELECT count(tier) FROM by_case_skipping');
INSERT INTO bench.comparison (section, kam, other, goal, is_slower) VALUES
    (:'section', 'criteria and tier', 'CASE, tier alone', 1, false),
    (:'section', 'criteria and tier', 'PL/pgSQL, tier alone', 3, false),
    (:'section', 'criteria and tier', 'bare scan', NULL, true),
    (:'section', 'tier, skipping', 'CASE, skipping', NULL, false);

-- ---- with the top-20 rule ----

\set section 'With the top-20 rule of each area'
INSERT INTO bench.query (section, name, sql, workers)
    SELECT :'section', name, 'SELECT count(account_id), count(area), count(value_class), count(tier)' || rest, workers
    FROM (VALUES
        ('classify', ', count(criteria) FROM kam.classify(''customer'')', 0),
        ('view', ', count(criteria) FROM customer_live', 0),
        ('view, stored cut-offs', ', count(criteria) FROM customer_stored', 0),
        ('windows', ' FROM by_windows', 0),
        ('two steps by hand', ' FROM by_two_steps', 0),
        ('view, workers', ', count(criteria) FROM customer_live', NULL),
        ('view, stored, workers', ', count(criteria) FROM customer_stored', NULL),
        ('windows, workers', ' FROM by_windows', NULL)) AS q (name, rest, workers);
INSERT INTO bench.query (section, name, sql) VALUES
    (:'section', 'bare scan', 'SELECT count(nationwide_network) FROM customer');
INSERT INTO bench.comparison (section, kam, other, goal, is_slower) VALUES
    (:'section', 'classify', 'windows', 5, false),
    (:'section', 'classify', 'bare scan', 7, true),
    (:'section', 'view', 'windows', 5, false),
    (:'section', 'view', 'bare scan', 7, true),
    (:'section', 'view', 'classify', 1, false),
    (:'section', 'view, stored cut-offs', 'classify', 1, false),
    (:'section', 'view', 'two steps by hand', NULL, false),
    (:'section', 'view, workers', 'classify', 1, false),
    (:'section', 'view, workers', 'windows, workers', 5, false),
    (:'section', 'view, stored, workers', 'windows, workers', 5, false);

-- ---- aggregates ----

\set section 'Aggregates'
INSERT INTO bench.query (section, name, sql) VALUES
    (:'section', 'portfolio(tier)', 'SELECT kam.portfolio(tier) FROM account'),
    (:'section', '4 count(*) FILTER', 'SELECT count(*) FILTER (WHERE tier = ''Strategic''),
        count(*) FILTER (WHERE tier = ''Star''), count(*) FILTER (WHERE tier = ''Status''),
        count(*) FILTER (WHERE tier = ''Streamline'') FROM account'),
    (:'section', 'weight(portfolio)', 'SELECT kam.weight(kam.portfolio(tier)) FROM account'),
    (:'section', 'sum(numeric)', 'SELECT sum(CASE tier WHEN ''Strategic'' THEN 1.0 WHEN ''Star'' THEN 0.8
        WHEN ''Status'' THEN 0.6 WHEN ''Streamline'' THEN 0.0 END) FROM account'),
    (:'section', 'rate(boolean)', 'SELECT kam.percent(kam.rate(on_time)) FROM account'),
    (:'section', 'count FILTER / count', 'SELECT round(100.0 * count(*) FILTER (WHERE on_time) / count(on_time), 1)
        FROM account');
INSERT INTO bench.comparison (section, kam, other) VALUES
    (:'section', 'portfolio(tier)', '4 count(*) FILTER'),
    (:'section', 'weight(portfolio)', 'sum(numeric)'),
    (:'section', 'rate(boolean)', 'count FILTER / count');

-- ---- a column of tiers ----

\set section 'A column of type tier'
INSERT INTO bench.query (section, name, sql, is_size)
    SELECT :'section', what || type, format(sql, source), is_size
    FROM (VALUES
            ('table size', 'SELECT pg_relation_size(''%1$s'')', true),
            ('index size', 'SELECT pg_relation_size(''%1$s_tier'')', true),
            ('sort', 'SELECT count(*) FROM (SELECT tier FROM %1$s ORDER BY tier OFFSET 0) AS sorted', false),
            ('group by', 'SELECT tier, count(*) FROM %1$s GROUP BY tier', false),
            ('count by index', 'SELECT count(*) FROM %1$s WHERE tier = ''Strategic''', false),
            ('build an index', 'REINDEX INDEX %1$s_tier', false)) AS q (what, sql, is_size),
        (VALUES ('', 'account'), (', text', 'account_text'), (', enum', 'account_enum')) AS t (type, source);
INSERT INTO bench.comparison (section, kam, other)
    SELECT section, name, name || type
    FROM bench.query, (VALUES (', text'), (', enum')) AS t (type)
    WHERE section = :'section' AND name NOT LIKE '%, %'
    ORDER BY position;

-- ---- one worker more ----

\set section 'Two processes against one'
INSERT INTO bench.query (section, name, sql, workers)
    SELECT :'section', what || processes, sql, workers
    FROM (VALUES
            ('main_criteria', 'SELECT count(kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone,
                self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect,
                national_strategy, nationwide_network)) FROM customer'),
            ('bill_cutoff', 'SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, kam.main_criteria(voltage_kv,
                avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
                business_prospect, national_strategy, nationwide_network)) FROM customer GROUP BY area'),
            ('view', 'SELECT count(account_id), count(tier), count(criteria) FROM customer_live'),
            ('view with stored cut-offs',
                'SELECT count(account_id), count(tier), count(criteria) FROM customer_stored')) AS q (what, sql),
        (VALUES ('', 1), (', one process', 0)) AS p (processes, workers);
INSERT INTO bench.comparison (section, kam, other, goal)
    SELECT section, name, name || ', one process', 1.6
    FROM bench.query
    WHERE section = :'section' AND name NOT LIKE '%, one process'
    ORDER BY position;

-- Nothing is to be written while the clock runs.
CHECKPOINT;
SELECT format('CALL bench.measure_section(%L, %s, %s)', section, :customers, :runs)
FROM (SELECT section, min(position) AS position FROM bench.query GROUP BY section) AS s
ORDER BY position \gexec
