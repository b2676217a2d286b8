-- A PEA of its own size in a workflow: units, people, and the customers that will be loaded. Scale 1 is
-- 12 areas, 200 offices, 3,000 key accounts and 300,000 contacts a year.

SET jit = off;

-- How long each part of the year took, and how many calls that were.
CREATE TABLE bench.phase (
    phase text PRIMARY KEY,
    calls bigint NOT NULL,
    ms numeric NOT NULL,
    waited numeric NOT NULL,    -- milliseconds of them in which others had the core
    position int GENERATED ALWAYS AS IDENTITY
);

CREATE TABLE bench.office (unit_code text PRIMARY KEY, area text NOT NULL, class int NOT NULL, key_accounts int NOT NULL);
INSERT INTO bench.office
    SELECT area || '-' || to_char(n, 'FM000'), area, class, (ARRAY[27, 15, 8])[class]
    FROM generate_series(1, greatest(15, round(200 * :scale)::int)) AS n,
        LATERAL (SELECT (ARRAY['N1', 'N2', 'N3', 'NE1', 'NE2', 'NE3', 'C1', 'C2', 'C3', 'S1', 'S2', 'S3'])[n % 12 + 1],
            (ARRAY[1, 2, 2, 3, 3])[n % 5 + 1]) AS o (area, class);

-- The people: holders of posts, whom the plan appoints (level), and one more in each office.
CREATE TABLE bench.person (
    staff_id text PRIMARY KEY,
    role_name name NOT NULL,
    unit_code text NOT NULL,
    post text,
    level text
);
GRANT USAGE ON SCHEMA bench TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA bench TO PUBLIC;
INSERT INTO bench.person
    SELECT staff_id, 'kam_bench_' || staff_id, unit_code, post, level
    FROM (
        SELECT unit_code, post, NULL AS level, 1 AS n FROM bench.office, unnest(ARRAY['office_manager', 'section_head']) AS post
        UNION ALL SELECT unit_code, NULL, 'office', 1 FROM bench.office
        UNION ALL SELECT unit_code, NULL, 'senior', 1 FROM bench.office WHERE class = 1
        UNION ALL SELECT unit_code, NULL, NULL, 1 FROM bench.office
        UNION ALL SELECT area, post, NULL, 1 FROM (SELECT DISTINCT area FROM bench.office) AS a,
            unnest(ARRAY['area_director', 'director_engineering_area', 'director_customer_service']) AS post
        UNION ALL SELECT DISTINCT area, NULL, 'area', 1 FROM bench.office
        UNION ALL SELECT 'HQ', post, NULL, 1 FROM unnest(ARRAY['deputy_governor_strategy', 'director_engineering_hq',
            'director_personnel_development', 'director_customer_information', 'director_communication_service',
            'hq_section_head', 'process_owner']) AS post
        UNION ALL SELECT 'HQ', NULL, 'hq', n FROM generate_series(1, greatest(1, round(8 * :scale)::int)) AS n) AS p,
        LATERAL (SELECT concat_ws('_', coalesce(post, level || '_kamr', 'assistant'), lower(replace(unit_code, '-', '_')),
            nullif(n, 1))) AS named (staff_id);

-- Roles belong to the whole server: those that an earlier run left are used again.
SELECT format('CREATE ROLE %I', r)
FROM (SELECT role_name FROM bench.person UNION ALL SELECT 'kam_bench_owner') AS wanted (r)
WHERE r NOT IN (SELECT rolname FROM pg_roles) \gexec

CALL kam.create_workflow('crm', owner => 'kam_bench_owner');

SET ROLE kam_bench_owner;
INSERT INTO crm.unit (unit_code, kind, office_class, parent_unit, name_th, name_en)
    SELECT unit_code, 'office', class, area, 'กฟฟ. ' || unit_code, 'Office ' || unit_code FROM bench.office;
INSERT INTO crm.staff (staff_id, name_th, name_en, position, hire_date, unit_code, role_name)
    SELECT staff_id, 'คุณ ' || staff_id, 'Khun ' || staff_id, 'วศก.', '2015-05-01', unit_code, role_name FROM bench.person;
INSERT INTO crm.post_holder (post, unit_code, staff_id, from_date)
    SELECT post, unit_code, staff_id, '2020-01-01' FROM bench.person WHERE post IS NOT NULL;
GRANT SELECT, INSERT ON crm.import_account, crm.import_bill, crm.import_fact TO kam_bench_director_customer_information_hq;
CALL crm.rehearse('2025-10-01 09:00+07');
RESET ROLE;

-- Customers: the coming key accounts, by the tier that the matrix will give them, and the others. An office has
-- accounts for one KAMR, one of class 1 for two; nobody above 12.0 or below 6.0. The 20 highest bills of each area
-- are of customers without a class, so that the ranking moves nobody.
CREATE TABLE bench.customer (
    account_id text PRIMARY KEY,
    unit_code text NOT NULL,
    tier kam.tier,
    keeper text,
    bill int NOT NULL
);
GRANT SELECT ON bench.customer TO PUBLIC;
INSERT INTO bench.customer
    SELECT format('K%s-%s', replace(unit_code, '-', ''), to_char(n, 'FM00')), unit_code, tier,
        CASE WHEN tier = 'Streamline' THEN 'section_head_'
            WHEN class = 1 AND n % 2 = 1 THEN 'senior_kamr_' ELSE 'office_kamr_' END || lower(replace(unit_code, '-', '_')),
        2000000 + 1000 * n
    FROM bench.office, generate_series(0, key_accounts - 1) AS n,
        LATERAL (SELECT CASE
            WHEN n >= key_accounts - (ARRAY[4, 3, 1])[class] THEN 'Streamline'
            WHEN class = 3 THEN CASE WHEN n < 4 THEN 'Strategic' WHEN n < 6 THEN 'Star' ELSE 'Status' END
            ELSE (ARRAY['Strategic', 'Star', 'Status'])[n % 3 + 1] END::kam.tier) AS t (tier);
INSERT INTO bench.customer
    SELECT format('KHQ-%s%s', to_char(k, 'FM00'), n), 'HQ', CASE WHEN n = 9 THEN 'Streamline' ELSE 'Strategic' END::kam.tier,
        CASE WHEN n = 9 THEN 'hq_section_head_hq' ELSE concat_ws('_', 'hq_kamr_hq', nullif(k, 1)) END, 9000000
    FROM generate_series(1, greatest(1, round(8 * :scale)::int)) AS k, generate_series(0, 9) AS n;
INSERT INTO bench.customer
    SELECT format('Z%s', to_char(n, 'FM000000')), unit_code, NULL, NULL,
        CASE WHEN n < 20 * 12 * 2 THEN 15000000 ELSE 900000 END + n
    FROM generate_series(0, greatest(600, round(17000 * :scale)::int - 1)) AS n,
        LATERAL (SELECT unit_code FROM bench.office OFFSET n % (SELECT count(*) FROM bench.office) LIMIT 1) AS o;
CREATE INDEX ON bench.customer (keeper);

-- The clock of the rehearsal, and who is at work.
CREATE PROCEDURE bench.at(clock timestamptz)
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM set_config('role', 'kam_bench_owner', false);
    CALL crm.rehearse(clock);
    PERFORM set_config('role', 'none', false);
END
$$;
CREATE FUNCTION bench.act(staff_id text) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM set_config('role', coalesce('kam_bench_' || staff_id, 'none'), false);
END
$$;

-- Adds to a phase what was done since `started`; as the benchmark's own user.
CREATE PROCEDURE bench.note_phase(of_phase text, calls bigint, started timestamptz, waited numeric)
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO bench.phase AS p (phase, calls, ms, waited)
        VALUES (of_phase, note_phase.calls, extract(epoch FROM clock_timestamp() - started) * 1000, bench.waited() - note_phase.waited)
        ON CONFLICT (phase) DO UPDATE SET calls = p.calls + excluded.calls, ms = p.ms + excluded.ms, waited = p.waited + excluded.waited;
END
$$;

-- Has each member of staff that `doers` names (staff_id and the statement's $1) run a statement that counts its calls:
-- a transaction each, as in life.
CREATE PROCEDURE bench.play(phase text, clock timestamptz, doers text, statement text)
    LANGUAGE plpgsql
AS $$
DECLARE
    doer record;
    calls bigint;
    all_calls bigint := 0;
    started timestamptz;
    waited numeric;
BEGIN
    CALL bench.at(clock);
    COMMIT;
    started := clock_timestamp();
    waited := bench.waited();
    FOR doer IN EXECUTE doers LOOP
        PERFORM bench.act(doer.staff_id);
        EXECUTE statement INTO calls USING doer.argument;
        PERFORM bench.act(NULL);
        COMMIT;
        all_calls := all_calls + calls;
    END LOOP;
    CALL bench.note_phase(play.phase, all_calls, started, waited);
    COMMIT;
END
$$;
