/* Training and tests of key account managers (4.7, 6.1.2.1(4)). */

-- What was recorded before is overwritten, and kept in the history.  Asked for headquarters, whose post it is:
-- the refusal tells nothing of who exists.
CREATE OR REPLACE FUNCTION record_training(staff_id text, training_year int, curriculum text,
	trained_on date DEFAULT NULL, tested_on date DEFAULT NULL, passed boolean DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('training.record',
		_headquarters());
BEGIN
	PERFORM _check_training(record_training.staff_id, record_training.training_year, record_training.curriculum,
		record_training.trained_on, record_training.tested_on, record_training.passed);
	INSERT INTO training AS t (staff_id, training_year, curriculum, trained_on, tested_on, passed, recorded_by)
	VALUES (record_training.staff_id, record_training.training_year, record_training.curriculum,
		record_training.trained_on, record_training.tested_on, record_training.passed, given.staff_id)
	ON CONFLICT ON CONSTRAINT training_pkey DO UPDATE
		SET trained_on = excluded.trained_on, tested_on = excluded.tested_on, passed = excluded.passed,
			recorded_by = excluded.recorded_by;
END $$;

CREATE OR REPLACE FUNCTION _check_training(staff_id text, training_year int, curriculum text, trained_on date,
	tested_on date, passed boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM staff s WHERE s.staff_id = _check_training.staff_id) THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no member of staff "%s"', _check_training.staff_id),
			HINT = 'The owner of the workflow enters staff in the table staff.';
	ELSIF training_year BETWEEN 2400 AND 2800 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('training year %s is a year of the Buddhist era', training_year),
			HINT = format('Years are years of the common era: %s.', training_year - 543);
	ELSIF curriculum IS NULL OR curriculum !~ '[^[:space:]]' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the curriculum has no name',
			HINT = 'Name the curriculum that was taught and tested.';
	ELSIF greatest(trained_on, tested_on) > _today() THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s is in the future', greatest(trained_on, tested_on)),
			HINT = 'Record trainings and tests when they have been held; years are of the common era.';
	ELSIF tested_on < trained_on THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the test on %s was before the training on %s', tested_on, trained_on),
			HINT = 'A curriculum is tested after it has been taught.';
	ELSIF passed IS NOT NULL AND tested_on IS NULL THEN
		RAISE check_violation USING
			MESSAGE = 'a test result needs the day of the test',
			HINT = 'Give tested_on.', TABLE = 'training', CONSTRAINT = 'training_result_has_day';
	END IF;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON training
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id', 'training_year', 'curriculum');

COMMENT ON FUNCTION record_training(text, int, text, date, date, boolean) IS U&'บันทึกการอบรมและผลการทดสอบ — Records somebody''s training and test of a year and curriculum (4.7, 6.1.2.1(4)); what was recorded before is kept in the history. 42501 unless by 4.7; P0002 no such member of staff; 22008 days in the future or out of order; 22023 a Buddhist-era year; 23514 a result without its day.';
COMMENT ON FUNCTION _check_training(text, int, text, date, date, boolean) IS U&'ตรวจข้อมูลการอบรม — The checks of record_training.';
