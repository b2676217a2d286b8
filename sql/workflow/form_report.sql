/* Reports of results as rows with types: CRM-KAM-004, survey, effectiveness, review of the process. */

-- The days of a period as far as they have passed; of the year where there is none.
CREATE OR REPLACE FUNCTION _days_so_far(plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	days daterange := _period_days(plan_year, period);
BEGIN
	RETURN daterange(lower(days), greatest(lower(days), least(upper(days), _today() + 1)));
END $$;

-- ---- CRM-KAM-004 -------------------------------------------------------------

-- A unit's results, from the figures that reports hold (_result_figures).  scope: all, with all below it; own, without;
-- part, one of the units below it with all below that.
CREATE TYPE crm_kam_004_row AS (
	unit_code text, unit_name_th text, unit_name_en text, scope text, plan_year int, days_from date, days_to date,
	plans_approved kam.rate, accounts bigint, strategic bigint, star bigint, status bigint, streamline bigint,
	kamrs bigint, portfolio kam.portfolio, weight numeric, below_minimum bigint, plan_success kam.rate,
	plan_success_in_period kam.rate, done_on_time kam.rate, contacts bigint, contacts_recorded_in_time kam.rate,
	cases_received bigint, cases_urgent bigint, cases_closed bigint, cases_open bigint, answered_in_time kam.rate,
	voices bigint
);
CREATE OR REPLACE FUNCTION _result_row(the_unit unit, scope text, plan_year int, days daterange, figures jsonb)
RETURNS crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	r crm_kam_004_row := jsonb_populate_record(NULL::crm_kam_004_row, figures - 'accounts' - 'portfolio'
		- 'plans_approved' - 'plan_success' - 'plan_success_in_period' - 'done_on_time' - 'contacts_recorded_in_time'
		- 'answered_in_time');
BEGIN
	r.unit_code := the_unit.unit_code;
	r.unit_name_th := the_unit.name_th;
	r.unit_name_en := the_unit.name_en;
	r.scope := scope;
	r.plan_year := plan_year;
	r.days_from := lower(days);
	r.days_to := upper(days) - 1;
	r.strategic := coalesce((figures #>> '{accounts,Strategic}')::bigint, 0);
	r.star := coalesce((figures #>> '{accounts,Star}')::bigint, 0);
	r.status := coalesce((figures #>> '{accounts,Status}')::bigint, 0);
	r.streamline := coalesce((figures #>> '{accounts,Streamline}')::bigint, 0);
	r.accounts := r.strategic + r.star + r.status + r.streamline;
	r.kamrs := (figures #>> '{portfolio,kamrs}')::bigint;
	r.portfolio := (figures #>> '{portfolio,total}')::kam.portfolio;
	r.weight := (figures #>> '{portfolio,weight}')::numeric;
	r.below_minimum := (figures #>> '{portfolio,below_minimum}')::bigint;
	r.plans_approved := (figures #>> '{plans_approved,rate}')::kam.rate;
	r.plan_success := (figures #>> '{plan_success,rate}')::kam.rate;
	r.plan_success_in_period := (figures #>> '{plan_success_in_period,rate}')::kam.rate;
	r.done_on_time := (figures #>> '{done_on_time,rate}')::kam.rate;
	r.contacts_recorded_in_time := (figures #>> '{contacts_recorded_in_time,rate}')::kam.rate;
	r.answered_in_time := (figures #>> '{answered_in_time,rate}')::kam.rate;
	r.voices := coalesce((SELECT sum(v.value::bigint) FROM jsonb_each_text(figures -> 'voice') v), 0);
	RETURN r;
END $$;

-- The rows that the content of a report of results holds: all, and where there are units below, own and parts.
CREATE OR REPLACE FUNCTION _result_rows(unit_code text, plan_year int, days daterange, content jsonb)
RETURNS SETOF crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
DECLARE
	the_unit unit := (SELECT u FROM unit u WHERE u.unit_code = _result_rows.unit_code);
BEGIN
	RETURN NEXT _result_row(the_unit, 'all', plan_year, days, content -> 'results');
	IF content -> 'units' <> '{}' THEN
		RETURN NEXT _result_row(the_unit, 'own', plan_year, days, content -> 'own');
		RETURN QUERY
		SELECT r.*
		FROM jsonb_each(content -> 'units') c JOIN unit u ON u.unit_code = c.key
			CROSS JOIN LATERAL _result_row(u, 'part', _result_rows.plan_year, days, c.value) r
		ORDER BY u.name_th COLLATE "th-x-icu", u.unit_code COLLATE "C";
	END IF;
END $$;

-- Of a period that is not over, what it has come to so far.
CREATE OR REPLACE FUNCTION crm_kam_004(unit_code text, plan_year int, period text DEFAULT NULL)
RETURNS SETOF crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
DECLARE
	days daterange;
BEGIN
	PERFORM _check_form_period('CRM-KAM-004', period);
	days := _days_so_far(plan_year, period);
	RETURN QUERY
	SELECT r.* FROM unit u CROSS JOIN LATERAL _result_rows(u.unit_code, crm_kam_004.plan_year, days,
		_report_content_quarterly(u.unit_code, crm_kam_004.plan_year, days)) r
	WHERE u.unit_code = crm_kam_004.unit_code;
END $$;
