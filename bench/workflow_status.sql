-- What people ask after a year, and as whom. Each asks in a session of their own, so that functions keep their plans.

CREATE TABLE bench.question (
    section text,
    name text,
    staff_id text,              -- NULL: the owner of the workflow
    goal_ms numeric,            -- NULL: none was set
    FOREIGN KEY (section, name) REFERENCES bench.query
);

-- The largest office, and people of it and above.
SELECT unit_code AS office, lower(replace(unit_code, '-', '_')) AS short, area, lower(area) AS short_area
FROM bench.office ORDER BY class, unit_code LIMIT 1 \gset
SELECT account_id AS account
FROM bench.customer WHERE keeper = format('office_kamr_%s', :'short') ORDER BY 1 LIMIT 1 \gset

CREATE TEMPORARY TABLE asked (section text, name text, who text, goal_ms numeric, sql text,
    position int GENERATED ALWAYS AS IDENTITY);

\set status 'Status views'
INSERT INTO asked (section, name, who, goal_ms, sql)
    SELECT :'status', format('%s, %s : %s', view, what, title), who, CASE WHEN view = 'deadline_status' THEN goal END,
        format('SELECT count(*), count(v::text) FROM crm.%s AS v%s', view, condition)
    FROM (VALUES ('deadline_status', 'unit_code = %L'), ('plan_status', 'unit_code = %L'),
            ('case_status', 'unit_code = %L'), ('kamr_portfolio', '%L = ANY (units)')) AS v (view, is_unit),
        LATERAL (VALUES
            ('country', 'process owner', 'process_owner_hq', '', 1000),
            ('area', 'director', 'area_director_' || :'short_area', '', NULL),
            ('office', 'manager', 'office_manager_' || :'short', ' WHERE ' || format(is_unit, :'office'), 50),
            ('office', 'KAMR', 'office_kamr_' || :'short', ' WHERE ' || format(is_unit, :'office'), 50)
        ) AS q (what, title, who, condition, goal)
    WHERE goal > 0 OR view = 'deadline_status';

\set security 'Row security: the contacts'
INSERT INTO asked (section, name, who, sql)
    SELECT :'security', format('%s: %s', what, title), who,
        'SELECT count(*), sum(days_late) FROM crm.contact' || condition
    FROM (VALUES
        ('of the country', 'owner', NULL, ''),
        ('of the country', 'process owner', 'process_owner_hq', ''),
        ('all visible', 'manager', 'office_manager_' || :'short', ''),
        ('all visible', 'KAMR', 'office_kamr_' || :'short', ''),
        ('of an office', 'owner', NULL, format(' WHERE unit_code = %L', :'office')),
        ('of an office', 'process owner', 'process_owner_hq', format(' WHERE unit_code = %L', :'office')),
        ('of an office', 'manager', 'office_manager_' || :'short', format(' WHERE unit_code = %L', :'office')),
        ('of an account', 'owner', NULL, format(' WHERE account_id = %L', :'account')),
        ('of an account', 'process owner', 'process_owner_hq', format(' WHERE account_id = %L', :'account')),
        ('of an account', 'manager', 'office_manager_' || :'short', format(' WHERE account_id = %L', :'account')),
        ('of an account', 'KAMR', 'office_kamr_' || :'short', format(' WHERE account_id = %L', :'account'))
    ) AS q (what, title, who, condition);

-- All levels, months, quarters and measures together, as the country's figures are worked out; and of a part of it.
\set kpis 'KPIs of the year'
INSERT INTO asked (section, name, who, goal_ms, sql)
    SELECT :'kpis', format('kpi_figures, %s : %s', what, title), who, goal,
        format('SELECT count(*) FROM crm.kpi_figures(2026%s)', arguments)
    FROM (VALUES
        ('country', 'owner', NULL, 1000, ''),
        ('country', 'process owner', 'process_owner_hq', 1000, ''),
        ('country, plan_success', 'process owner', 'process_owner_hq', NULL, $$, measure => 'plan_success'$$),
        ('area', 'director', 'area_director_' || :'short_area', NULL, format(', unit_code => %L', :'area')),
        ('office', 'manager', 'office_manager_' || :'short', NULL, format(', unit_code => %L', :'office')),
        ('office', 'KAMR', 'office_kamr_' || :'short', NULL, format(', unit_code => %L', :'office'))
    ) AS q (what, title, who, goal, arguments);
INSERT INTO asked (section, name, who, sql)
    SELECT :'kpis', format('kpi_rows, %s : %s', what, title), who,
        format('SELECT count(*) FROM crm.kpi_rows(%s)', arguments)
    FROM (VALUES
        ('recorded_in_time, country', 'process owner', 'process_owner_hq', $$'recorded_in_time', 2026$$),
        ('of an office and month', 'manager', 'office_manager_' || :'short',
            format($$'recorded_in_time', 2026, %L, period => 'M06'$$, :'office'))
    ) AS q (what, title, who, arguments);

-- Each form that an area fills in, as a document, one after the other.
INSERT INTO asked (section, name, who, goal_ms, sql)
    VALUES (:'kpis', 'all forms, area : director', 'area_director_' || :'short_area', 2000,
        format($$SELECT count(*), sum(length(crm.form_document(form, %L, 2026, period)::text))
            FROM (VALUES ('CRM-KAM-001', NULL), ('CRM-KAM-002', NULL), ('CRM-KAM-004', 'Q4'), ('CRM-KAM-005', NULL),
                ('VOC-60-001', 'Q4'), ('survey', NULL), ('effectiveness', 'annual')) AS f (form, period)$$, :'area'));

\set all_areas 'All areas'
INSERT INTO asked (section, name, who, sql) VALUES
    (:'all_areas', 'kam.classify over all customers : owner', NULL,
        $$SELECT count(*), count(tier) FROM kam.classify('crm.account_fact_total', 2026)
            WHERE value_class IS NOT NULL$$),
    (:'all_areas', 'sweep, nothing left to announce : process owner', 'process_owner_hq', 'SELECT crm.sweep()'),
    (:'all_areas', 'verify_decisions : process owner', 'process_owner_hq',
        'SELECT count(*) FROM crm.verify_decisions()');

INSERT INTO bench.query (section, name, sql) SELECT section, name, sql FROM asked ORDER BY position;
INSERT INTO bench.question SELECT section, name, who, goal_ms FROM asked;
INSERT INTO bench.comparison (section, kam, other, is_slower)
    SELECT section, name, split_part(name, ':', 1) || ': owner', true
    FROM asked WHERE section = :'security' AND name !~ ': owner$' AND name !~ '^all visible' ORDER BY position;

-- All questions of one member of staff, in this session, in turns.
CREATE PROCEDURE bench.ask_as(who text, runs int)
    LANGUAGE plpgsql
AS $$
DECLARE
    query record;
    started timestamptz;
    waited numeric;
    value numeric;
BEGIN
    FOR round IN 0 .. runs LOOP
        FOR query IN
            SELECT q.* FROM bench.question JOIN bench.query AS q USING (section, name)
            WHERE staff_id IS NOT DISTINCT FROM who ORDER BY CASE WHEN round % 2 = 0 THEN position ELSE -position END
        LOOP
            waited := bench.waited();
            PERFORM bench.act(coalesce(who, 'owner'));
            started := clock_timestamp();
            EXECUTE query.sql;
            value := extract(epoch FROM clock_timestamp() - started) * 1000;
            PERFORM bench.act(NULL);
            INSERT INTO bench.measurement VALUES (0, query.section, query.name, round, value, bench.waited() - waited);
        END LOOP;
        COMMIT;
    END LOOP;
END
$$;
