-- Who may do what. Run by the init job at its end, each time: roles belong to the server,
-- and rights on a database do not go with its dump. Passwords come in mofcom.analyst_password and
-- mofcom.ingest_password; without one a role keeps what it has.

DO $$
DECLARE
    role_name text;
    given text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['analyst', 'ingest'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
        given := current_setting('mofcom.' || role_name || '_password', true);
        IF given <> '' THEN
            EXECUTE format('ALTER ROLE %I PASSWORD %L', role_name, given);
        END IF;
    END LOOP;

    ALTER ROLE analyst CONNECTION LIMIT 20;
    IF current_setting('mofcom.analyst_password', true) <> '' THEN
        BEGIN
            INSERT INTO mofcom_internal.login
            SELECT rolname, rolpassword FROM pg_authid WHERE rolname = 'analyst'
            ON CONFLICT (role) DO UPDATE SET verifier = excluded.verifier;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE WARNING 'analyst can change its own password: % is no superuser', current_user;
        END;
    END IF;
    PERFORM ingest.restore_analyst();
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RAISE WARNING 'temp_file_limit of analyst is left to the server: % is no superuser', current_user;
    END IF;

    -- The watchdog runs with the owner's rights, and sees and ends the sessions of roles whose rights
    -- the owner has. A superuser has all.
    IF NOT pg_has_role('analyst', 'USAGE') THEN
        BEGIN
            EXECUTE format('GRANT analyst TO %I WITH INHERIT TRUE, SET FALSE', current_user);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE WARNING 'nothing ends long transactions of analyst: % has no right to', current_user;
        END;
    END IF;
    IF NOT (pg_has_role('pg_signal_backend', 'USAGE') AND pg_has_role('pg_read_all_stats', 'USAGE')) THEN
        RAISE WARNING 'nothing ends long transactions of roles that are members of analyst: '
            'a superuser may GRANT pg_signal_backend, pg_read_all_stats TO %', current_user;
    END IF;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    BEGIN
        -- The server's own databases would do for temporary tables.
        REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
    EXCEPTION WHEN insufficient_privilege OR invalid_catalog_name THEN
        NULL;
    END;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO analyst, ingest', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO analyst, ingest;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst, ingest;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO analyst, ingest;

GRANT USAGE ON SCHEMA ingest, fetcher, mofcom_internal TO ingest;
-- For `mofcom status`, which names a database that is newer than the program.
GRANT SELECT ON mofcom_internal.version TO ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ingest, fetcher TO ingest;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ingest TO ingest;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ingest;
ALTER DEFAULT PRIVILEGES IN SCHEMA fetcher GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ingest;

-- What everybody may call on a fresh server and analysts must not: advisory locks, which would stop
-- the indexer and the init job, and large objects, which are a way to write.
DO $$
DECLARE
    called text;
BEGIN
    FOR called IN
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
            AND (p.proname ~ '^pg_(try_)?advisory_'
                OR p.proname IN ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_put', 'lo_open',
                    'lowrite', 'lo_truncate', 'lo_truncate64', 'lo_unlink'))
            AND pg_get_userbyid(p.proowner) <> 'analyst'
            AND has_function_privilege('public', p.oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', called);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ingest', called);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'advisory locks are left to everybody: % is not a superuser', current_user;
END
$$;
