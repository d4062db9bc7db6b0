-- Who may do what. Run by the init job at its end, each time: roles belong to the server,
-- and rights on a database do not go with its dump. Passwords come in mofcom.ROLE_password; without one
-- a role keeps what it has.
--
--   analyst    whoever queries: reads the views
--   operator   the command line: reads everything, marks readings as up to date, has the memory read anew
--   fetcher    writes the schema fetcher, and reads nothing else
--   indexer    writes the schema ingest, and reads everything
--   notifier   reads the views as an analyst does, and writes the schema notifier
--
-- Parser and translator have none. Nobody but the owner changes tables, or reads passwords.

DO $$
DECLARE
    role_name text;
    given text;
    theirs text[];
BEGIN
    FOREACH role_name IN ARRAY ARRAY['analyst', 'operator', 'fetcher', 'indexer', 'notifier'] LOOP
        CONTINUE WHEN to_regrole(role_name) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE insufficient_privilege USING MESSAGE = format(
                    'role %s is missing, and %s may not create it: whoever runs the server gives %s CREATEROLE, or '
                    'makes analyst, operator, fetcher, indexer, notifier with LOGIN and a password each',
                    role_name, current_user, current_user);
        END;
    END LOOP;
    -- A role that somebody else has made is altered by its maker alone.
    FOREACH role_name IN ARRAY ARRAY['analyst', 'operator', 'fetcher', 'indexer', 'notifier'] LOOP
        given := current_setting('mofcom.' || role_name || '_password', true);
        CONTINUE WHEN given = '';
        BEGIN
            EXECUTE format('ALTER ROLE %I PASSWORD %L', role_name, given);
        EXCEPTION WHEN insufficient_privilege THEN
            theirs := theirs || role_name;
        END;
    END LOOP;
    IF theirs <> '{}' THEN
        RAISE WARNING 'the passwords of % are left as they are: % has no right to set them',
            array_to_string(theirs, ', '), current_user;
    END IF;

    -- The role of all services, before each had its own.
    IF to_regrole('ingest') IS NOT NULL THEN
        BEGIN
            ALTER ROLE ingest NOLOGIN PASSWORD NULL;
            DROP OWNED BY ingest;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE WARNING 'role ingest, which no service uses any more, is left: % may not change it', current_user;
        END;
    END IF;

    BEGIN
        ALTER ROLE analyst CONNECTION LIMIT 20;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE WARNING 'the settings and the limit of connections of analyst are left as they are: % has no right '
            'to set them', current_user;
    END;
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
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        BEGIN
            -- The server's own databases would do for temporary tables.
            REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
        EXCEPTION WHEN invalid_catalog_name THEN
            NULL;
        END;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO analyst, operator, fetcher, indexer, notifier', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO analyst, operator, indexer, notifier;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst, operator, indexer, notifier;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO analyst;

GRANT USAGE ON SCHEMA fetcher TO fetcher;
GRANT SELECT ON ALL TABLES IN SCHEMA fetcher TO fetcher;
GRANT INSERT, UPDATE ON
    fetcher.answered, fetcher.capture, fetcher.ending, fetcher.lease, fetcher.listing, fetcher.pause,
    fetcher.restoration, fetcher.save, fetcher.save_pause, fetcher.seed_lines
    TO fetcher;
GRANT INSERT ON fetcher.past_pause TO fetcher;
GRANT DELETE ON fetcher.answered TO fetcher;
GRANT INSERT, DELETE ON fetcher.seed_refusals TO fetcher;

GRANT USAGE ON SCHEMA ingest, fetcher TO indexer;
GRANT SELECT ON ALL TABLES IN SCHEMA ingest, fetcher TO indexer;
-- What came in events is never deleted, and the log of changes only ever grows.
GRANT INSERT, UPDATE ON
    ingest.address, ingest.body, ingest.capture, ingest.dead_letter, ingest.dead_letter_handled, ingest.file,
    ingest.ingest_offset, ingest.ledger, ingest.lists, ingest.lists_requested, ingest.notice, ingest.passed_offset,
    ingest.reading, ingest.request, ingest.served, ingest.translation
    TO indexer;
GRANT INSERT ON ingest.change, ingest.reading_key TO indexer;
-- What is made anew from the readings of a notice.
GRANT DELETE ON ingest.notice TO indexer;
GRANT INSERT, DELETE ON
    ingest.attachment, ingest.citation, ingest.deadline, ingest.duty_rate, ingest.issuer,
    ingest.joined_page, ingest.listed_entity, ingest.passage, ingest.regulated_item, ingest.unread
    TO indexer;
GRANT EXECUTE ON FUNCTION ingest.restore_analyst(), ingest.end_long_transactions(interval, interval) TO indexer;

GRANT USAGE ON SCHEMA notifier TO notifier;
GRANT SELECT ON ALL TABLES IN SCHEMA notifier TO notifier;
GRANT INSERT, UPDATE, DELETE ON
    notifier.alert, notifier.delivery, notifier.cursor, notifier.status, notifier.target
    TO notifier;
GRANT INSERT, UPDATE ON notifier.match TO notifier;
GRANT INSERT ON notifier.status_change TO notifier;
GRANT UPDATE ON notifier.file TO notifier;

GRANT USAGE ON SCHEMA ingest, fetcher, mofcom_internal TO operator;
GRANT SELECT ON ALL TABLES IN SCHEMA ingest, fetcher TO operator;
-- For `mofcom status`, which names a database that is newer than the program.
GRANT SELECT ON mofcom_internal.version TO operator;
-- For `mofcom reparse`, of what a newer parser reads as before.
GRANT UPDATE (parser_version) ON ingest.reading TO operator;
-- For `mofcom rebuild`, which has the fetcher read its memory from the blob store.
GRANT INSERT, UPDATE ON fetcher.restoration TO operator;

-- What everybody may call on a fresh server and analysts must not: advisory locks, which would stop
-- the indexer and the init job; large objects, messages in the write-ahead log and exported snapshots, which are
-- ways to write that even a read-only transaction has; and the end of sessions of the same role, which are
-- other analysts' and the console's.
DO $$
DECLARE
    called regprocedure;
    of_locks boolean;
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        IF has_function_privilege('public', 'pg_advisory_lock(bigint)', 'EXECUTE') THEN
            RAISE WARNING 'advisory locks, large objects, WAL messages and the end of sessions are left to everybody: '
                '% is no superuser', current_user;
        END IF;
        RETURN;
    END IF;
    FOR called, of_locks IN
        SELECT p.oid, p.proname ~ '^pg_(try_)?advisory_(xact_)?lock' FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
            AND (p.proname ~ '^pg_(try_)?advisory_(xact_)?lock'
                OR p.proname IN ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_put', 'lo_open',
                    'lowrite', 'lo_truncate', 'lo_truncate64', 'lo_unlink', 'pg_logical_emit_message',
                    'pg_export_snapshot', 'pg_cancel_backend', 'pg_terminate_backend'))
            AND pg_get_userbyid(p.proowner) <> 'analyst'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', called);
        IF of_locks THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO indexer, operator', called);
        END IF;
    END LOOP;
    -- Of its own locks, of which it has none: asyncpg calls it when a connection goes back to its pool.
    GRANT EXECUTE ON FUNCTION pg_advisory_unlock_all() TO PUBLIC;
END
$$;
