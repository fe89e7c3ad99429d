-- Which migrations this database has had, for the health check. The app may not read the table
-- itself, which also holds their text and what went wrong.
CREATE FUNCTION app.migrations()
RETURNS TABLE (name text, is_applied boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT migration_name, bool_or(finished_at IS NOT NULL)
  FROM _prisma_migrations WHERE rolled_back_at IS NULL GROUP BY migration_name
$$;
REVOKE EXECUTE ON FUNCTION app.migrations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.migrations() TO lockstep_app;
