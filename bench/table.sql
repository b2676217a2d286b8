-- The table that is printed: 80 columns.

CREATE FUNCTION bench.heading(section text, kam text, other text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN E'\n' || rpad(section, 43) || lpad(kam, 8) || lpad(other, 8) || '  ratio  goal' || E'\n';

CREATE FUNCTION bench.line(label text, kam text, other text,
        ratio float8, goal numeric, is_slower boolean, is_doubtful boolean) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN rtrim(rpad('  ' || label, 43) || lpad(kam, 8) || lpad(other, 8) || lpad(CASE WHEN ratio < 999 THEN round(ratio::numeric, 2)::text ELSE to_char(ratio, 'FM999,999,990') END, 7)
        || lpad(coalesce(CASE WHEN is_slower THEN '≤ ' ELSE '≥ ' END || goal, ''), 6) || '  '
        || CASE WHEN goal IS NULL THEN '' WHEN is_slower AND ratio <= goal OR NOT is_slower AND ratio >= goal
            THEN 'met' ELSE 'missed' END
        || CASE WHEN is_doubtful THEN '?' ELSE '' END);

-- Milliseconds, seconds where those are too many; or bytes in MB.
CREATE FUNCTION bench.shown(value float8, is_size boolean) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN is_size THEN to_char(value / 1048576, 'FM999,990.0')
        WHEN value < 99.95 THEN to_char(value, 'FM90.0')
        WHEN value < 999999.5 THEN to_char(value, 'FM999,990')
        ELSE to_char(value / 1000, 'FM999,990') || ' s' END;
