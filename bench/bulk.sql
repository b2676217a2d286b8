-- Many rows in one statement: which, and what is set against what.

-- Each is timed in a session of its own, with the table empty when it begins.
CREATE TABLE bench.bulk (
    section text,
    name text,
    rule text NOT NULL,     -- the table, named after its rule
    before text,            -- what the session does first, not timed
    FOREIGN KEY (section, name) REFERENCES bench.query
);

\set guard 'Guard, 100,000 rows for 10,000 KAMRs'
\set deadline 'Due dates of 100,000 rows'

CREATE TEMPORARY TABLE contest (section text, way text, against text, rule text, before text, sql text,
    position int GENERATED ALWAYS AS IDENTITY);
INSERT INTO contest (section, way, against, rule, before, sql)
    SELECT :'guard', way, against, rule, replace(before, '?', rule), replace(sql, '?', rule)
    FROM (VALUES
            ('INSERT', NULL, 'INSERT INTO ? SELECT * FROM new_customer'),
            ('COPY', NULL, '\copy ? FROM new_customer.copy'),
            -- A plan that was made for an empty table must not be kept for a full one.
            ('INSERT, used while empty',
                'DO $_$ BEGIN FOR i IN 1 .. 10 LOOP INSERT INTO ? VALUES (0, i, ''Status'', 2026); END LOOP; END $_$',
                'INSERT INTO ? SELECT * FROM new_customer')) AS w (way, before, sql),
        (VALUES ('', 'guarded'), ('foreign key', 'foreign_key'), ('PL/pgSQL', 'by_hand'),
            ('PL/pgSQL per statement', 'by_hand_per_statement'), ('no rule', 'no_rule')) AS a (against, rule)
    -- (PL/pgSQL keeps that plan, and would go on for minutes.)
    WHERE way = 'INSERT' OR against NOT LIKE 'PL/pgSQL%'
    ORDER BY way = 'INSERT' DESC, way;
INSERT INTO contest (section, way, against, rule, before, sql)
    SELECT :'deadline', way, against, rule || suffix, NULL,
        format('INSERT INTO %I (id, received) SELECT id, received%s FROM new_letter', rule || suffix, suffix)
    FROM (VALUES ('of type date', ''), ('of type timestamptz', '_at')) AS w (way, suffix),
        (VALUES ('', 'stamped'), ('PL/pgSQL', 'stamped_by_hand'), ('no trigger', 'unstamped')) AS a (against, rule)
    ORDER BY way;

INSERT INTO bench.query (section, name, sql)
    SELECT section, concat_ws(', ', way, nullif(against, '')), sql FROM contest ORDER BY position;
INSERT INTO bench.bulk
    SELECT section, concat_ws(', ', way, nullif(against, '')), rule, before FROM contest;
INSERT INTO bench.comparison (section, kam, other, goal, is_slower)
    SELECT section, way, way || ', ' || against, goal, is_slower
    FROM contest JOIN (VALUES
            (:'guard', 'foreign key', 0.8, true),
            (:'guard', 'PL/pgSQL', 3, false),
            (:'guard', 'PL/pgSQL per statement', NULL, false),
            (:'guard', 'no rule', NULL, true),
            (:'deadline', 'PL/pgSQL', 1, false),
            (:'deadline', 'no trigger', NULL, true)) AS g (section, against, goal, is_slower) USING (section, against)
    UNION ALL VALUES (:'guard', 'INSERT, used while empty', 'INSERT', 1.1, true)
    ORDER BY section DESC, way, goal;
