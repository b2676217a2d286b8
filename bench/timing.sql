-- How queries are timed, and where the times go.

CREATE SCHEMA bench;

-- What is timed: an aggregate, so that hardly a row is sent. Or a size, which is looked up once.
CREATE TABLE bench.query (
    section text,
    name text,
    sql text NOT NULL,
    workers int DEFAULT 0,          -- beside the leader; NULL: the server's default
    is_size boolean DEFAULT false,  -- sql gives bytes
    scale numeric DEFAULT 1,        -- of a sample: what its time is multiplied with
    position int GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (section, name)
);

-- What is set against what: how many times as fast (or small) kam is, or, against what is less than
-- the whole task, how many times as slow.
CREATE TABLE bench.comparison (
    section text,
    kam text,
    other text,
    goal numeric,                   -- NULL: none was set
    is_slower boolean DEFAULT false,
    position int GENERATED ALWAYS AS IDENTITY,
    FOREIGN KEY (section, kam) REFERENCES bench.query,
    FOREIGN KEY (section, other) REFERENCES bench.query
);

CREATE TABLE bench.measurement (
    rows bigint,                    -- how many there are: customers, where there are several sizes
    section text,
    name text,
    round int,                      -- 0: to warm up
    value numeric,                  -- milliseconds that passed, or bytes
    waited numeric                  -- milliseconds of them in which others had the core
);

-- For how many milliseconds this process was ready to run and had no core; 0 where no Linux tells.
CREATE FUNCTION bench.waited() RETURNS numeric
    LANGUAGE sql VOLATILE
    RETURN coalesce(split_part(pg_read_file('/proc/self/schedstat', 0, 100, true), ' ', 2)::numeric / 1e6, 0);

-- What the ended processes of the server took of the processors, and what all processes of the machine
-- did, in milliseconds; NULL where no Linux tells.
CREATE FUNCTION bench.processor_time(OUT of_server numeric, OUT of_all numeric)
    LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT (stat[16]::numeric + stat[17]::numeric) * 10,
        (SELECT sum(ticks::numeric) * 10
            FROM regexp_split_to_table(split_part(pg_read_file('/proc/stat', 0, 1000, true), E'\n', 1), ' +')
                WITH ORDINALITY AS f (ticks, place)
            WHERE place IN (2, 3, 4, 7, 8, 9))     -- user, nice, system, interrupts, stolen
    FROM string_to_array(pg_read_file(format('/proc/%s/stat',
        split_part(pg_read_file('postmaster.pid'), E'\n', 1)), 0, 1000, true), ' ') AS stat;
END;

CREATE PROCEDURE bench.measure(query bench.query, rows bigint, round int)
    LANGUAGE plpgsql
AS $$
DECLARE
    value numeric;
    waited numeric := bench.waited();
    started timestamptz := clock_timestamp();
BEGIN
    IF query.is_size THEN
        EXECUTE query.sql INTO value;
    ELSE
        EXECUTE query.sql;
        value := extract(epoch FROM clock_timestamp() - started) * 1000;
    END IF;
    INSERT INTO bench.measurement
        VALUES (rows, query.section, query.name, round, value, bench.waited() - waited);
END
$$;

-- Time the queries of a section in turns, so that what disturbs one disturbs all. Those that take
-- over 2 seconds have three turns; sizes are looked up in the round that warms up.
CREATE PROCEDURE bench.measure_section(section text, rows bigint, runs int)
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    query bench.query;
    turns int;
BEGIN
    FOR round IN 0 .. runs LOOP
        FOR query IN
            SELECT * FROM bench.query q WHERE q.section = measure_section.section
                ORDER BY CASE WHEN round % 2 = 0 THEN position ELSE -position END
        LOOP
            SELECT CASE WHEN query.is_size THEN 0 WHEN value > 2000 THEN 3 ELSE runs END INTO turns
                FROM bench.measurement m
                WHERE (m.rows, m.section, m.name, m.round) =
                    (measure_section.rows, query.section, query.name, 0);
            CONTINUE WHEN round > turns;
            PERFORM set_config('max_parallel_workers_per_gather', coalesce(query.workers::text,
                (SELECT reset_val FROM pg_settings WHERE name = 'max_parallel_workers_per_gather')), true);
            CALL bench.measure(query, measure_section.rows, round);
        END LOOP;
        COMMIT;
    END LOOP;
END
$$;

-- What others took of the time is not the query's. Of a query with workers it cannot be told, for the
-- leader also waits for them: there, what counts is the runs that others left alone, if there are three.
CREATE VIEW bench.result AS
    WITH run AS (
        SELECT *,
            CASE WHEN is_size OR workers IS DISTINCT FROM 0 THEN value ELSE value - waited END AS own,
            is_size OR workers IS NOT DISTINCT FROM 0 OR waited < 0.02 * value AS is_calm
        FROM bench.measurement JOIN bench.query USING (section, name)
        WHERE round > 0 OR is_size
    ),
    medians AS (
        SELECT rows, section, name, is_size, count(*) AS runs,
            is_size OR count(*) FILTER (WHERE is_calm) >= least(3, count(*)) AS enough_calm,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY own) * scale AS of_all,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY own) FILTER (WHERE is_calm) * scale AS of_calm
        FROM run
        GROUP BY rows, section, name, is_size, scale
    )
    SELECT rows, section, name, is_size, runs,
        CASE WHEN enough_calm THEN of_calm ELSE of_all END AS value,
        NOT enough_calm AS is_doubtful
    FROM medians;

-- Queries must give the same rows: a sum over the hashes of all rows tells.
CREATE PROCEDURE bench.same_answers(VARIADIC queries text[])
    LANGUAGE plpgsql
AS $$
DECLARE
    query text;
    answer text;
    first_answer text;
BEGIN
    FOREACH query IN ARRAY queries LOOP
        EXECUTE format('SELECT count(*) || '' rows: '' || sum(hashtextextended(answer::text, 0)::numeric)'
            ' FROM (%s) AS answer', query) INTO answer;
        first_answer := coalesce(first_answer, answer);
        IF answer IS DISTINCT FROM first_answer THEN
            RAISE EXCEPTION 'not the same answer: % and %', queries[1], query
                USING DETAIL = first_answer || ' and ' || answer;
        END IF;
    END LOOP;
END
$$;
