-- Thai text search: kam's parser, ICU's word iterator with nothing around it, PostgreSQL's default parser.

SET jit = off;
TRUNCATE bench.query, bench.comparison;

CREATE FUNCTION bench.icu_words_utf16(text) RETURNS int LANGUAGE C STRICT AS :'module', 'icu_words_utf16';
CREATE FUNCTION bench.icu_words_utf8(text) RETURNS int LANGUAGE C STRICT AS :'module', 'icu_words_utf8';
CREATE FUNCTION bench.parser_tokens(text, parser oid) RETURNS int LANGUAGE C STRICT AS :'module', 'parser_tokens';
SELECT oid AS kam_parser FROM pg_ts_parser WHERE prsname = 'thai' AND prsnamespace = 'kam'::regnamespace \gset
SELECT oid AS default_parser FROM pg_ts_parser WHERE prsname = 'default' AND prsnamespace = 'pg_catalog'::regnamespace \gset

-- ---- the texts ----

-- What customers say, some five sentences each; and all of it in one value.
CREATE TABLE sentence (number int GENERATED ALWAYS AS IDENTITY, sentence text);
\copy sentence (sentence) FROM PROGRAM 'grep -hv "^#" ../test/segmentation/*.txt | tr -d "|"'
CREATE TABLE voice AS
    SELECT id, string_agg(sentence, ' ' ORDER BY hashint8extended(number, id)) AS body
    FROM generate_series(1, 10000) AS id, sentence
    WHERE (hashint8extended(number, id) & 65535) % 51 = 0
    GROUP BY id;
CREATE TABLE one_voice AS SELECT string_agg(body, E'\n' ORDER BY id) AS body FROM voice;
ALTER TABLE one_voice ALTER body SET STORAGE EXTERNAL;
UPDATE one_voice SET body = body || '';
VACUUM ANALYZE voice;
VACUUM ANALYZE one_voice;

-- ---- the queries ----

INSERT INTO bench.query (section, name, sql)
    SELECT format('Tokens of %s', shown), 'kam.thai' || ending, format(sql, relation)
    FROM (VALUES
            ('voice', format('%s values of %s bytes', (SELECT count(*) FROM voice), (SELECT round(avg(octet_length(body))) FROM voice))),
            ('one_voice', format('one value of %s MB', (SELECT round(octet_length(body) / 1e6, 1) FROM one_voice)))) AS t (relation, shown),
        (VALUES
            ('', 'SELECT sum(bench.parser_tokens(body, ' || :kam_parser || ')) FROM %I'),
            (', ICU, UTF-16', 'SELECT sum(bench.icu_words_utf16(body)) FROM %I'),
            (', ICU, UTF-8', 'SELECT sum(bench.icu_words_utf8(body)) FROM %I'),
            (', default parser', 'SELECT sum(bench.parser_tokens(body, ' || :default_parser || ')) FROM %I')) AS q (ending, sql);
INSERT INTO bench.query (section, name, sql)
    SELECT 'The same 10,000 values', 'to_tsvector' || ending, format('SELECT sum(length(to_tsvector(%L, body))) FROM voice', configuration)
    FROM (VALUES ('', 'kam.thai'), (', simple', 'simple'), (', english', 'english')) AS c (ending, configuration);

INSERT INTO bench.comparison (section, kam, other, goal)
    SELECT section, split_part(name, ',', 1), name, CASE WHEN name LIKE '%ICU%' THEN 0.6 END
    FROM bench.query
    WHERE name LIKE '%,%'
    ORDER BY section DESC, position;

CHECKPOINT;
SELECT format('CALL bench.measure_section(%L, 1, %s)', section, :runs)
FROM (SELECT section, min(position) FROM bench.query GROUP BY section ORDER BY min) AS s \gexec
