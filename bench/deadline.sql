-- The due date of each letter that comes in: kam's stamp, and the least that PL/pgSQL does in its place.

SELECT format('CREATE TABLE %I (id bigint, received %s, due %2$s, done %2$s) WITH (autovacuum_enabled = off)', name || suffix, type)
FROM unnest(ARRAY['unstamped', 'stamped', 'stamped_by_hand']) AS name, (VALUES ('', 'date'), ('_at', 'timestamptz')) AS t (suffix, type) \gexec

SELECT kam.attach_response_deadline('stamped', 'received', 'due', 'done') AS unused_,
    kam.attach_response_deadline('stamped_at', 'received', 'due', 'done') AS unused_at \gset

-- No holidays, no weekends, nothing else.
CREATE FUNCTION stamp_by_hand() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    NEW.due := NEW.received + 5;
    RETURN NEW;
END
$$;
CREATE FUNCTION stamp_by_hand_at() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    NEW.due := NEW.received + interval '5 days';
    RETURN NEW;
END
$$;
CREATE TRIGGER stamp BEFORE INSERT ON stamped_by_hand FOR EACH ROW EXECUTE FUNCTION stamp_by_hand();
CREATE TRIGGER stamp BEFORE INSERT ON stamped_by_hand_at FOR EACH ROW EXECUTE FUNCTION stamp_by_hand_at();

CREATE TABLE new_letter AS
    SELECT id, received, received + time '10:00' AT TIME ZONE 'Asia/Bangkok' AS received_at
    FROM letter WHERE id <= 100000;
VACUUM ANALYZE new_letter;
