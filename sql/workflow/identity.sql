/* Who is asking: the member of staff behind the session's role. */

-- The role of the session, whatever function it is asked in: SET ROLE counts, and
-- neither a SECURITY DEFINER function nor a view in between does.
CREATE OR REPLACE FUNCTION _role() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
END $$;

-- Acting for somebody is looked up each time, so that setting the parameter alone gives nothing.
CREATE OR REPLACE FUNCTION me() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	acting_for text := nullif(current_setting('kam.acting_for', true), '');
BEGIN
	RETURN (
		SELECT s.staff_id FROM staff s
		WHERE (s.left_on IS NULL OR s.left_on > _today())
			AND CASE WHEN acting_for IS NULL THEN s.role_name = _role()
				ELSE s.staff_id = acting_for
					AND EXISTS (SELECT FROM proxy p WHERE p.role_name = _role() AND p.staff_id = acting_for) END);
END $$;

-- NULL ends it.  To the end of the transaction only, where local: for pooled connections.
CREATE OR REPLACE FUNCTION act_for(staff_id text, local boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM set_config('kam.acting_for', coalesce(act_for.staff_id, ''), coalesce(act_for.local, false));
	IF act_for.staff_id IS NOT NULL AND me() IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" may not act for "%s"', _role(), act_for.staff_id),
			HINT = 'The owner of the workflow grants it by a row in the table proxy.';
	END IF;
END $$;

-- The member of staff, or an error.
CREATE OR REPLACE FUNCTION _staff() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := me();
BEGIN
	IF staff_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" belongs to no member of staff', _role()),
			HINT = 'The owner of the workflow enters it in the table staff (role_name); an application calls act_for first.';
	END IF;
	RETURN staff_id;
END $$;

-- Everything of these units may be read.
CREATE OR REPLACE FUNCTION _readable_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT u.unit_code FROM unit u
		WHERE EXISTS (SELECT FROM _holdings(me()) h JOIN post p USING (post) WHERE p.reads = 'all')
		UNION
		SELECT s FROM _holdings(me()) h JOIN post p USING (post) CROSS JOIN _subtree(h.unit_code) s WHERE p.reads = 'subtree'
		UNION
		SELECT h.unit_code FROM _holdings(me()) h JOIN post p USING (post) WHERE p.reads = 'unit'
		UNION
		SELECT s FROM reader r CROSS JOIN _subtree(r.unit_code) s WHERE r.role_name = _role());
END $$;

-- What concerns a unit as a whole (its plan, reports, deadlines) is read by all who hold a post there.
CREATE OR REPLACE FUNCTION _my_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(SELECT unnest(_readable_units()) UNION SELECT h.unit_code FROM _holdings(me()) h);
END $$;

-- The accounts that are mine by assignment, in the plan in force.
CREATE OR REPLACE FUNCTION _my_accounts() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT DISTINCT a.account_id FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.staff_id = me() AND a.ended_on IS NULL AND p.status = 'approved'
			AND a.plan_year = _year_in_force(a.unit_code));
END $$;

-- Anybody whom the workflow knows.
CREATE OR REPLACE FUNCTION _is_member() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN me() IS NOT NULL OR EXISTS (SELECT FROM reader r WHERE r.role_name = _role());
END $$;

CREATE OR REPLACE FUNCTION _may_read(unit_code text, account_id text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce(_may_read.unit_code = ANY (_readable_units()), false)
		OR coalesce(_may_read.account_id = ANY (_my_accounts()), false);
END $$;
