-- Ends analysts' transactions that last too long. A role's time-outs do not enforce this, since a
-- session can change them. An owner who is not a superuser is a member of analyst too, but does not
-- count as one; sessions that it is not allowed to end are skipped.
CREATE OR REPLACE FUNCTION ingest.end_long_transactions(longest interval, grace interval)
RETURNS TABLE (pid int, ended text)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT a.pid,
        CASE
            WHEN a.xact_start < clock_timestamp() - longest - grace
                THEN CASE WHEN pg_terminate_backend(a.pid) THEN 'session' END
            WHEN pg_cancel_backend(a.pid) THEN 'statement'
        END
    FROM pg_stat_activity AS a
    WHERE a.datname = current_database()
        AND a.xact_start < clock_timestamp() - longest
        AND a.usesysid IN (
            SELECT r.oid FROM pg_roles AS r
            WHERE NOT r.rolsuper AND r.rolname <> current_user
                AND (r.rolname = 'analyst' OR r.oid IN (
                    SELECT m.member FROM pg_auth_members AS m WHERE m.roleid = to_regrole('analyst')))
                AND (pg_has_role(r.oid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE')))
$$;
COMMENT ON FUNCTION ingest.end_long_transactions(interval, interval) IS
    'Cancels analysts'' queries in transactions older than `longest`, and ends the session if its '
    'transaction is still open after `grace`, as an idle one is. The indexer calls it.';
REVOKE ALL ON FUNCTION ingest.end_long_transactions(interval, interval) FROM PUBLIC;
