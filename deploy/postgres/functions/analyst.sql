-- A role may change its own password and settings, which PostgreSQL cannot forbid: one session of
-- `ALTER ROLE analyst PASSWORD NULL`, or of a time-out of a millisecond, would lock out everybody
-- who reads as analyst, for good. So the init job and the indexer's watchdog put both right again.
CREATE OR REPLACE FUNCTION ingest.restore_analyst()
RETURNS TABLE (restored text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    is_superuser CONSTANT boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
    of_superusers CONSTANT text := 'temp_file_limit=2GB';
    -- An analyst's own convenience: a session can lift these. What binds it are rights, the
    -- connection limit, temp_file_limit and the watchdog.
    wanted CONSTANT text[] := ARRAY[
        'default_transaction_read_only=on', 'idle_in_transaction_session_timeout=60s',
        'search_path=public', 'statement_timeout=30s',
        'TimeZone=Asia/Shanghai']
        || CASE WHEN is_superuser THEN ARRAY[of_superusers] ELSE '{}' END;
    analyst CONSTANT oid := to_regrole('analyst');
    setting text;
    database_name name;
    member name;
BEGIN
    -- One at a time: another indexer's watchdog would change the same rows of the catalogue.
    IF NOT pg_try_advisory_xact_lock(hashtextextended('mofcom analyst', 0)) THEN
        RETURN;
    END IF;

    FOR database_name IN
        SELECT d.datname FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
        WHERE s.setrole = analyst
    LOOP
        EXECUTE format('ALTER ROLE analyst IN DATABASE %I RESET ALL', database_name);
        restored := 'settings in ' || database_name;
        RETURN NEXT;
    END LOOP;

    IF (SELECT array_agg(one ORDER BY one) FROM unnest(wanted) AS one)
        IS DISTINCT FROM (
            SELECT array_agg(one ORDER BY one)
            FROM pg_db_role_setting AS s, unnest(s.setconfig) AS one
            WHERE s.setrole = analyst AND s.setdatabase = 0 AND (is_superuser OR one <> of_superusers))
    THEN
        ALTER ROLE analyst RESET ALL;
        FOREACH setting IN ARRAY wanted LOOP
            EXECUTE format('ALTER ROLE analyst SET %I = %L',
                split_part(setting, '=', 1), split_part(setting, '=', 2));
        END LOOP;
        restored := 'settings';
        RETURN NEXT;
    END IF;

    -- Only a superuser sees what is stored of a password.
    IF is_superuser AND EXISTS (
        SELECT FROM mofcom_internal.login AS l JOIN pg_authid AS a ON a.rolname = l.role
        WHERE l.role = 'analyst' AND a.rolpassword IS DISTINCT FROM l.verifier)
    THEN
        EXECUTE format('ALTER ROLE analyst PASSWORD %L',
            (SELECT l.verifier FROM mofcom_internal.login AS l WHERE l.role = 'analyst'));
        restored := 'password';
        RETURN NEXT;
    END IF;

    -- A personal login has the rights of analyst and settings of its own: of those, this one binds.
    FOR member IN
        SELECT r.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member
        WHERE is_superuser AND m.roleid = analyst AND NOT r.rolsuper AND NOT EXISTS (
            SELECT FROM pg_db_role_setting AS s, unnest(s.setconfig) AS one
            WHERE s.setrole = r.oid AND starts_with(one, 'temp_file_limit='))
    LOOP
        EXECUTE format('ALTER ROLE %I SET temp_file_limit = %L', member, split_part(of_superusers, '=', 2));
        restored := 'temp_file_limit of ' || member;
        RETURN NEXT;
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    -- A role that whoever runs the server has made; the init job says so.
    RETURN;
END
$$;
COMMENT ON FUNCTION ingest.restore_analyst() IS
    'Puts right what a session of analyst changed of its role: the settings, and, where the owner is '
    'a superuser, the password; limits the temporary files of roles that are members of it. Returns what was not '
    'right. The init job and the indexer call it.';
REVOKE ALL ON FUNCTION ingest.restore_analyst() FROM PUBLIC;
