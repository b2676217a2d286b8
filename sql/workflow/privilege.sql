/* Privileges on functions that work with the owner's rights. */

-- A trigger function with the owner's rights is for the owner's tables: anybody else would hang it on a table of
-- theirs and have it write in their favour.  Firing needs no privilege, only CREATE TRIGGER does.
DO $$
DECLARE
	trigger_function regprocedure;
BEGIN
	FOR trigger_function IN
		SELECT p.oid FROM pg_proc p
		WHERE p.pronamespace = quote_ident(current_schema())::regnamespace
			AND p.proowner = quote_ident(current_user)::regrole AND p.prosecdef AND p.prorettype = 'trigger'::regtype
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', trigger_function);
	END LOOP;
END $$;
