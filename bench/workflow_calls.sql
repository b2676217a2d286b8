-- Calls by several clients at once, each another KAMR; and what they come down to, on tables with the same indexes and
-- no rules.

CREATE TABLE bench.client AS
    SELECT (row_number() OVER (ORDER BY class DESC, unit_code))::int - 1 AS client, staff_id, role_name, unit_code
    FROM bench.person JOIN bench.office USING (unit_code) WHERE level = 'office'
    ORDER BY 1 LIMIT 8;
ALTER TABLE bench.client ADD PRIMARY KEY (client);

CREATE TABLE bench.mine AS
    SELECT client, (row_number() OVER (PARTITION BY client ORDER BY account_id))::int - 1 AS n, account_id, k.unit_code, staff_id
    FROM bench.client AS k JOIN bench.customer ON keeper = staff_id;
ALTER TABLE bench.mine ADD PRIMARY KEY (client, n);

CREATE TABLE bench.contact (LIKE crm.contact INCLUDING IDENTITY INCLUDING INDEXES);
INSERT INTO bench.contact OVERRIDING SYSTEM VALUE SELECT * FROM crm.contact;
SELECT setval(pg_get_serial_sequence('bench.contact', 'contact_id'), max(contact_id)) AS unused_ FROM bench.contact \gset

-- Open cases for each client, answered in every run anew.
CREATE TABLE bench.open_case (client int, n int, case_id bigint, clock_id bigint, PRIMARY KEY (client, n));
GRANT SELECT ON bench.client, bench.mine, bench.open_case TO PUBLIC;
GRANT INSERT ON bench.open_case TO PUBLIC;
CALL bench.play('to be answered', '2027-02-04 08:00+07',
    'SELECT staff_id, client::text AS argument FROM bench.client',
    format('WITH opened AS MATERIALIZED (
            SELECT i AS n, crm.open_case(account_id, $$problem$$, $$voltage dips$$) AS case_id
            FROM generate_series(0, %s) AS i JOIN bench.mine AS m ON m.client = $1::int AND m.n = i %% 6),
        noted AS (INSERT INTO bench.open_case SELECT $1::int, n, case_id FROM opened RETURNING n)
        SELECT count(*) FROM noted', :case_calls / 2 - 1));
DELETE FROM bench.phase WHERE phase = 'to be answered';
UPDATE bench.open_case AS o SET clock_id = k.clock_id FROM crm.case_clock AS k WHERE k.case_id = o.case_id;
CREATE TABLE bench.clock (LIKE crm.case_clock INCLUDING IDENTITY INCLUDING INDEXES);
INSERT INTO bench.clock OVERRIDING SYSTEM VALUE SELECT * FROM crm.case_clock;
GRANT SELECT, INSERT, UPDATE ON bench.contact, bench.clock TO PUBLIC;
VACUUM ANALYZE;

CREATE TABLE bench.call (
    section text,
    name text,
    clients int NOT NULL,
    calls int NOT NULL,
    script text NOT NULL,
    FOREIGN KEY (section, name) REFERENCES bench.query
);
\set calls 'Calls a second, each client another KAMR'
CREATE TEMPORARY TABLE called AS
    SELECT format('%s by %s clients', call, clients) AS name, clients, calls, script
    FROM (VALUES (2), (8)) AS c (clients), (VALUES
        ('record_contact', 'record_contact', :contact_calls), ('record_contact, plain INSERT', 'insert_contact', :contact_calls),
        ('answer_case', 'answer_case', :case_calls), ('answer_case, plain UPDATE', 'update_clock', :case_calls)) AS s (call, script, calls)
    ORDER BY clients, call;
INSERT INTO bench.query (section, name, sql, workers) SELECT :'calls', name, script, NULL FROM called ORDER BY clients, name;
INSERT INTO bench.call SELECT :'calls', name, clients, calls, script FROM called;
INSERT INTO bench.comparison (section, kam, other, is_slower)
    SELECT :'calls', k.name, o.name, true FROM called AS k JOIN called AS o USING (clients)
    WHERE o.name LIKE split_part(k.name, ' ', 1) || ', plain%' AND k.name NOT LIKE '%plain%' ORDER BY k.clients, k.name DESC;
