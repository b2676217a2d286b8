/* A form as one document: its sections, and who signs it.  Made for whoever reads all of it, and frozen in reports. */

-- ---- who signs ---------------------------------------------------------------

-- Who has signed by what: decisions on the plan as it stands since it was last returned, on the case, the publication.
CREATE OR REPLACE FUNCTION _signed_acts(request form_request)
RETURNS TABLE (act text, post text, staff_id text, signed_at timestamptz, acting boolean)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	plan_subject text := (
		SELECT p.plan_id::text FROM plan p
		WHERE p.plan_year = request.plan_year AND p.unit_code = request.unit_code AND p.status <> 'withdrawn'
		ORDER BY p.amendment_no DESC LIMIT 1);
BEGIN
	IF request.case_id IS NOT NULL THEN
		RETURN QUERY
		SELECT 'open', NULL::text, c.opened_by, c.opened_at, false FROM service_case c WHERE c.case_id = request.case_id
		UNION ALL
		SELECT 'decide', d.post, d.staff_id, d.decided_at, d.acting FROM decision d
		WHERE d.subject = 'service_case' AND d.subject_id = request.case_id::text AND d.action = 'decide';
		RETURN;
	END IF;
	RETURN QUERY
	SELECT d.action, d.post, d.staff_id, d.decided_at, d.acting FROM decision d
	WHERE d.subject = 'plan' AND d.subject_id = plan_subject
		AND d.decision_id > coalesce((SELECT max(b.decision_id) FROM decision b
			WHERE b.subject = 'plan' AND b.subject_id = plan_subject AND b.action = 'return'), 0)
	UNION ALL
	SELECT 'publish', request.publisher_post, request.publisher, _now(), request.publisher_acting
	WHERE request.publisher IS NOT NULL;
END $$;

-- The lines, with the name and time of who has signed.  One who published by a post that has no line gets one.
CREATE OR REPLACE FUNCTION _signatures(request form_request) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = request.unit_code);
BEGIN
	RETURN (
		WITH act AS MATERIALIZED (SELECT * FROM _signed_acts(request)),
		line AS MATERIALIZED (
			SELECT g.ordinal, g.post, g.act, g.role_th, g.role_en FROM form_signature g
			WHERE g.form = request.form AND g.unit_kind = kind
		), every_line AS (
			SELECT l.* FROM line l
			UNION ALL
			SELECT 1000, a.post, 'publish', unistr('ผู้เผยแพร่'), 'Published by' FROM act a
			WHERE a.act = 'publish' AND EXISTS (SELECT FROM line l WHERE l.act = 'publish')
				AND NOT EXISTS (SELECT FROM line l WHERE l.act = 'publish' AND l.post = a.post)
		)
		SELECT coalesce(jsonb_agg(jsonb_build_object('post', l.post, 'role_th', l.role_th, 'role_en', l.role_en,
			'post_th', p.title_th, 'post_en', p.title_en, 'name_th', s.name_th, 'signed_at', a.signed_at,
			'acting', coalesce(a.acting, false)) ORDER BY l.ordinal), '[]')
		FROM every_line l
			JOIN post p ON p.post = l.post
			LEFT JOIN LATERAL (
				SELECT x.staff_id, x.signed_at, x.acting FROM act x
				WHERE x.act = l.act AND (x.post = l.post OR x.post IS NULL)
				ORDER BY x.signed_at DESC LIMIT 1) a ON true
			LEFT JOIN staff s ON s.staff_id = a.staff_id);
END $$;

-- ---- the document ------------------------------------------------------------

-- With the rights of whoever calls; content is that of the report it is frozen in, whose figures it repeats.
CREATE OR REPLACE FUNCTION _form_document(request form_request, content jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT SET timezone = 'Asia/Bangkok' SET datestyle = 'ISO' SET intervalstyle = 'postgres' AS $$
DECLARE
	sections jsonb;
	maker text := format('_%s_sections', lower(replace(request.form, '-', '_')));
BEGIN
	IF to_regprocedure(format('%I(form_request, jsonb)', maker)) IS NULL THEN
		RAISE undefined_function USING
			MESSAGE = format('form %s has no function that makes its sections', request.form),
			HINT = format('Create %s(form_request, jsonb) in the schema of the workflow, or take the row out of form.', maker);
	END IF;
	EXECUTE format('SELECT %I($1, $2)', maker) INTO sections USING request, content;
	RETURN (
		SELECT jsonb_build_object('form', f.form, 'title_th', f.title_th, 'title_en', f.title_en, 'section', f.section,
			'unit', jsonb_build_object('unit_code', u.unit_code, 'kind', u.kind, 'name_th', u.name_th, 'name_en', u.name_en),
			'plan_year', request.plan_year, 'period', request.period, 'days_from', lower(request.days),
			'days_to', upper(request.days) - 1, 'made_at', _now(), 'rehearsal', w.is_rehearsal, 'sections', sections,
			'signatures', _signatures(request))
		FROM form f CROSS JOIN workflow w JOIN unit u ON u.unit_code = request.unit_code
		WHERE f.form = request.form);
END $$;

-- In words, who reads all that a form covers.
CREATE OR REPLACE FUNCTION _posts_that_read(the_form form, unit_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kinds text[] := ARRAY['hq', 'region', 'area', 'office'];
	height int := array_position(kinds, (SELECT u.kind FROM unit u WHERE u.unit_code = _posts_that_read.unit_code));
BEGIN
	RETURN (
		SELECT string_agg(format('%s (%s)', p.title_en, p.section), ', ' ORDER BY length(p.section), p.section, p.post)
		FROM post p
		WHERE p.reads = 'all' OR p.reads = 'subtree' AND array_position(kinds, p.unit_kind) <= height
			OR p.reads = 'unit' AND array_position(kinds, p.unit_kind) = height
				AND cardinality(_form_units(the_form.covers, _posts_that_read.unit_code)) = 1);
END $$;

-- Half a form is worse than none: refused unless the caller reads everything of all units that it covers.
CREATE OR REPLACE FUNCTION _authorize_form(the_form form, unit_code text, case_id bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	c service_case;
BEGIN
	IF pg_has_role(_role(), current_user, 'USAGE') THEN
		RETURN;
	ELSIF the_form.covers = 'case' THEN
		SELECT * INTO c FROM service_case x WHERE x.case_id = _authorize_form.case_id;
		IF c.case_id IS NULL OR NOT _may_read(c.unit_code, c.account_id) THEN
			RAISE insufficient_privilege USING
				MESSAGE = format('case %s is not among those of "%s"', case_id, coalesce(me(), _role())),
				HINT = 'It is for those who read the case: its key account managers, and the posts that read all of its unit.';
		END IF;
	ELSIF coalesce(unit_code <> ALL (_readable_units()), true)
		OR NOT _form_units(the_form.covers, unit_code) <@ _readable_units()
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('form %s of unit "%s" is not among those that "%s" reads all of', the_form.form, unit_code,
				coalesce(me(), _role())),
			HINT = format('It is for: %s.', coalesce(_posts_that_read(the_form, unit_code), 'those who read the unit'));
	END IF;
END $$;

-- A form of a unit needs the unit and the year, that of a case the case.
CREATE OR REPLACE FUNCTION _form_request(the_form form, unit_code text, plan_year int, period text, case_id bigint)
RETURNS form_request
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	request form_request;
	c service_case;
BEGIN
	IF the_form.covers = 'case' THEN
		SELECT * INTO c FROM service_case x WHERE x.case_id = _form_request.case_id;
		IF NOT FOUND THEN
			RAISE no_data_found USING
				MESSAGE = format('case %s does not exist', case_id), HINT = 'The view case_status shows the cases.';
		END IF;
		request.case_id := c.case_id;
		request.unit_code := c.unit_code;
		request.units := ARRAY[c.unit_code];
		request.plan_year := c.plan_year;
		request.days := daterange(kam.bangkok_date(c.received_at),
			greatest(kam.bangkok_date(c.received_at), kam.bangkok_date(coalesce(c.closed_at, _now()))), '[]');
	ELSE
		PERFORM _check_plan_year(plan_year), _check_unit(unit_code);
		request.unit_code := unit_code;
		request.units := _form_units(the_form.covers, unit_code);
		request.plan_year := plan_year;
		request.days := CASE the_form.covers WHEN 'own' THEN _period_days(plan_year, NULL)
			ELSE _days_so_far(plan_year, period) END;
	END IF;
	request.form := the_form.form;
	request.period := nullif(period, '');
	request.figures_only := false;
	RETURN request;
END $$;

-- Definer's rights, for who has been found to read it all: the lines of signatures name people of other units.
CREATE OR REPLACE FUNCTION form_document(form text, unit_code text DEFAULT NULL, plan_year int DEFAULT NULL,
	period text DEFAULT NULL, case_id bigint DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_form form := _check_form_period(form, period);
BEGIN
	IF (the_form.covers = 'case') <> (case_id IS NOT NULL) OR (the_form.covers = 'case') <> (unit_code IS NULL) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = CASE the_form.covers WHEN 'case' THEN format('form %s is of a case', form)
				ELSE format('form %s is of a unit and a year', form) END,
			HINT = CASE the_form.covers WHEN 'case' THEN 'Give its number, and nothing else: case_id => 7.'
				ELSE 'Give unit_code and plan_year.' END;
	END IF;
	PERFORM _authorize_form(the_form, unit_code, case_id);
	RETURN _form_document(_form_request(the_form, unit_code, plan_year, period, case_id));
END $$;

-- The documents that a report of this kind freezes.  What goes to readers who may not read the accounts and people of
-- all its units holds figures only; names are in the lists that go by post.  The publisher's name is as it was, too.
CREATE OR REPLACE FUNCTION _report_documents(kind text, unit_code text, units text[], plan_year int, period text,
	days daterange, content jsonb, given authorization_given) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	names boolean := kind IN ('approved_plan', 'coordinators');
	publisher text := (SELECT s.name_th FROM staff s WHERE s.staff_id = given.staff_id);
BEGIN
	RETURN coalesce((
		SELECT jsonb_agg(_form_document(ROW(d.form, _report_documents.unit_code,
				coalesce(units, _form_units(f.covers, _report_documents.unit_code)), _report_documents.plan_year,
				_report_documents.period, days, NULL, NOT names, given.staff_id, given.post, given.acting)::form_request,
			content) || jsonb_build_object('publisher', publisher) ORDER BY d.ordinal, d.form)
		FROM report_document d JOIN form f USING (form)
		WHERE d.kind = _report_documents.kind), '[]');
END $$;

COMMENT ON FUNCTION _signed_acts(form_request) IS
U&'การลงนามที่มีแล้ว — Who has signed by what, and when.';
COMMENT ON FUNCTION _signatures(form_request) IS
U&'ช่องลงนาม — Lines of signatures of a document, with the names of who has signed.';
COMMENT ON FUNCTION _form_document(form_request, jsonb) IS
U&'จัดทำเอกสาร — A form as a document; content: of the report that it is frozen in.';
COMMENT ON FUNCTION _posts_that_read(form, text) IS
U&'ตำแหน่งที่อ่านได้ — In words, the posts that read all that a form covers.';
COMMENT ON FUNCTION _authorize_form(form, text, bigint) IS
U&'ตรวจสอบสิทธิอ่านแบบฟอร์ม — Refuses whoever does not read all that a form covers. Error 42501.';
COMMENT ON FUNCTION _form_request(form, text, int, text, bigint) IS
U&'เตรียมคำขอเอกสาร — What a document of a unit or case is made of. Errors: P0002, 22004, 22023, 55000 as _check_plan_year.';
COMMENT ON FUNCTION form_document(text, text, int, text, bigint) IS
U&'แบบฟอร์มเป็นเอกสาร JSON — A form as it stands now: figures, tables, texts, pictures, lines of signatures. For who reads all that it covers. Errors: 42501 for others, 22023 for an unknown form or period, 55000 for a year not opened.';
COMMENT ON FUNCTION _report_documents(text, text, text[], int, text, daterange, jsonb, authorization_given) IS
U&'เอกสารในรายงาน — The documents that a report freezes; without names of accounts and people where its readers may not read them.';
