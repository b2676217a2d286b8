/* The beginning of the history: what a workflow is made with. */

-- Once, when all tables that keep a history are there: without these rows as_of would lack them, and the
-- first change of one would not tell what it was before.
SELECT _begin_history();
