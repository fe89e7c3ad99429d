-- What the console says about the job queue: counts and the latest error, never a payload. The
-- app's role has no other sight of the queue.
CREATE FUNCTION app.jobs_by_name()
RETURNS TABLE (name text, waiting bigint, failing bigint, dead bigint, oldest_at timestamptz, last_error text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT task_identifier,
    count(*) FILTER (WHERE attempts < max_attempts),
    count(*) FILTER (WHERE attempts < max_attempts AND last_error IS NOT NULL),
    count(*) FILTER (WHERE attempts >= max_attempts),
    min(run_at) FILTER (WHERE attempts < max_attempts),
    left((array_agg(last_error ORDER BY updated_at DESC) FILTER (WHERE last_error IS NOT NULL))[1], 500)
  FROM graphile_worker.jobs GROUP BY task_identifier
$$;
REVOKE EXECUTE ON FUNCTION app.jobs_by_name() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.jobs_by_name() TO lockstep_app;

-- Dead letters are counted on every page of the console and are few among many.
CREATE INDEX inbox_events_dead ON inbox_events (received_at) WHERE status = 'dead';
