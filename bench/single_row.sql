-- Single rows by several clients at once: which, and what is set against what.

CREATE TABLE bench.single_row (
    section text,
    name text,
    clients int NOT NULL,
    rule text NOT NULL,         -- the table, named after its rule
    is_empty boolean NOT NULL,  -- when the clients begin
    FOREIGN KEY (section, name) REFERENCES bench.query
);

CREATE TEMPORARY TABLE contest_of_clients AS
    SELECT format('Guard, %s single rows by %s clients', to_char(:single_rows, 'FM999,999'), clients) AS section,
        clients, start, way, rule, start <> '' AS is_empty
    FROM (VALUES (2), (8)) AS c (clients), (VALUES (''), ('empty at first: ')) AS s (start),
        (VALUES ('guard', 'guarded'), ('foreign key', 'foreign_key'), ('PL/pgSQL', 'by_hand'), ('no rule', 'no_rule')) AS r (way, rule)
    WHERE start = '' OR clients = 8 AND way IN ('guard', 'foreign key');

-- Where several processes take turns on the cores, only runs count that others left alone (workers is NULL);
-- but the server's own processor time is always its own.
INSERT INTO bench.query (section, name, sql, workers)
    SELECT section, start || way, 'single_row.pgbench', NULL FROM contest_of_clients;
INSERT INTO bench.query (section, name, sql)
    SELECT section, 'CPU time: ' || start || way, 'single_row.pgbench' FROM contest_of_clients;
INSERT INTO bench.single_row SELECT section, start || way, clients, rule, is_empty FROM contest_of_clients;
INSERT INTO bench.comparison (section, kam, other, goal, is_slower)
    SELECT section, measure || start || 'guard', measure || start || way,
        CASE WHEN way = 'foreign key' AND measure = '' THEN 1 END, way = 'no rule'
    FROM contest_of_clients, (VALUES (''), ('CPU time: ')) AS m (measure)
    WHERE way <> 'guard' AND (measure = '' OR start = '')
    ORDER BY clients, measure, start, way;
