-- Before calls are timed: no case of the clients is answered.

SET session_replication_role = replica;     -- past all rules
UPDATE crm.case_clock SET answered_at = NULL, answered_by = NULL, answer = NULL, answer_recorded_at = NULL
    WHERE answered_at IS NOT NULL AND clock_id IN (SELECT clock_id FROM bench.open_case);
UPDATE bench.clock SET answered_at = NULL, answered_by = NULL, answer = NULL, answer_recorded_at = NULL
    WHERE answered_at IS NOT NULL AND clock_id IN (SELECT clock_id FROM bench.open_case);
VACUUM crm.case_clock, bench.clock;
