-- The second wall between tenants: whatever a query forgets, row-level security remembers.
-- The app connects as lockstep_app, which owns nothing and cannot pass these policies. Each
-- transaction says for whom it runs (app.scope, app.tenant_id, app.user_id); unsaid, it sees nothing.

DO $$ BEGIN
  CREATE ROLE lockstep_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- Another database of the cluster made it.
END $$;

CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app, public TO lockstep_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lockstep_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lockstep_app;
REVOKE ALL ON TABLE _prisma_migrations FROM lockstep_app;

CREATE FUNCTION app.scope() RETURNS text LANGUAGE sql STABLE
  RETURN coalesce(current_setting('app.scope', true), '');
CREATE FUNCTION app.tenant_id() RETURNS text LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.tenant_id', true), '');
CREATE FUNCTION app.user_id() RETURNS text LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.user_id', true), '');
-- The platform's people and the system itself (worker, sign-in) look across tenants.
CREATE FUNCTION app.is_platform() RETURNS boolean LANGUAGE sql STABLE
  RETURN app.scope() IN ('platform', 'system');
CREATE FUNCTION app.is_person() RETURNS boolean LANGUAGE sql STABLE
  RETURN app.scope() = 'person';

-- Puts a wall around a table: what `sees` says may be read, what `writes` says may be written.
CREATE PROCEDURE app.wall(target text, sees text, writes text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY sees ON %I FOR SELECT USING (%s)', target, sees);
  EXECUTE format('CREATE POLICY inserts ON %I FOR INSERT WITH CHECK (%s)', target, writes);
  EXECUTE format('CREATE POLICY updates ON %I FOR UPDATE USING (%s) WITH CHECK (%s)', target, writes, writes);
  EXECUTE format('CREATE POLICY deletes ON %I FOR DELETE USING (%s)', target, writes);
END $$;

-- The wall of a table that tenants own, by its tenant column.
CREATE PROCEDURE app.wall_tenant(target text, tenant_column text) LANGUAGE plpgsql AS $$
DECLARE
  own text := format('%I = (SELECT app.tenant_id()) OR (SELECT app.is_platform())', tenant_column);
BEGIN
  CALL app.wall(target, own, own);
END $$;

CALL app.wall_tenant('tenants', 'id');
CALL app.wall_tenant('members', 'tenant_id');
CALL app.wall_tenant('invitations', 'tenant_id');
CALL app.wall_tenant('checkouts', 'tenant_id');
CALL app.wall_tenant('subscriptions', 'tenant_id');
CALL app.wall_tenant('invoices', 'tenant_id');
CALL app.wall_tenant('facts', 'tenant_id');

-- A person, not yet inside a tenant, sees where they belong.
CREATE POLICY own_memberships ON members FOR SELECT
  USING ((SELECT app.is_person()) AND user_id = (SELECT app.user_id()));
CREATE POLICY own_tenants ON tenants FOR SELECT
  USING ((SELECT app.is_person())
    AND id IN (SELECT tenant_id FROM members WHERE user_id = (SELECT app.user_id())));

CALL app.wall('users',
  'id = (SELECT app.user_id()) OR (SELECT app.is_platform())'
  || ' OR id IN (SELECT user_id FROM members WHERE tenant_id = (SELECT app.tenant_id()))',
  'id = (SELECT app.user_id()) OR (SELECT app.is_platform())');
CALL app.wall('sessions',
  'user_id = (SELECT app.user_id()) OR (SELECT app.is_platform())',
  'user_id = (SELECT app.user_id()) OR (SELECT app.is_platform())');
CALL app.wall('identities',
  'user_id = (SELECT app.user_id()) OR (SELECT app.is_platform())',
  'user_id = (SELECT app.user_id()) OR (SELECT app.is_platform())');
CALL app.wall('tokens', '(SELECT app.is_platform())',
  'user_id = (SELECT app.user_id()) OR (SELECT app.is_platform())');

-- The catalogue is public; the platform writes it.
CALL app.wall('plans', 'true', '(SELECT app.is_platform())');
CALL app.wall('plan_versions', 'true', '(SELECT app.is_platform())');
CALL app.wall('components', 'true', '(SELECT app.is_platform())');
CALL app.wall('prices', 'true', '(SELECT app.is_platform())');
CALL app.wall('meters', 'true', '(SELECT app.is_platform())');

-- Written before the wall stands: it holds back the owner too.
INSERT INTO inbox_leases (partition) SELECT generate_series(0, 63);
CALL app.wall('inbox_events', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('inbox_leases', '(SELECT app.is_platform())', '(SELECT app.is_platform())');

-- Anyone acting may have a mail sent; only the system reads it. Insert without RETURNING.
CALL app.wall('mails', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CREATE POLICY queues ON mails FOR INSERT WITH CHECK (status = 'queued');

-- Counters by hashed key, used before anyone is known; there is nothing of a tenant in them.
CALL app.wall('rate_limits', 'true', 'true');

-- At most one checkout under way per tenant, one open invitation per address: a second click or a
-- second request meets the first one's row, never a second effect.
CREATE UNIQUE INDEX checkouts_one_under_way ON checkouts (tenant_id) WHERE status IN ('opening', 'open');
CREATE UNIQUE INDEX invitations_one_pending ON invitations (tenant_id, email) WHERE status = 'pending';
-- The worker's question: what waits in my partitions, oldest first?
CREATE INDEX inbox_events_waiting ON inbox_events (partition, received_at) WHERE status = 'waiting';

ALTER TABLE users ADD CONSTRAINT users_email_lower CHECK (email = lower(email));
ALTER TABLE invitations ADD CONSTRAINT invitations_email_lower CHECK (email = lower(email));
ALTER TABLE tenants ADD CONSTRAINT tenants_slug_form CHECK (slug ~ '^[a-z0-9](-?[a-z0-9])+$' AND length(slug) <= 40);
ALTER TABLE checkouts ADD CONSTRAINT checkouts_seats_positive CHECK (seats >= 1);

-- A published version never changes; only its status may move on.
CREATE FUNCTION app.keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('published', 'retired')
    AND to_jsonb(NEW) - 'status' IS DISTINCT FROM to_jsonb(OLD) - 'status' THEN
    RAISE EXCEPTION 'plan version % is published and never changes; make a new version', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_published BEFORE UPDATE ON plan_versions
  FOR EACH ROW EXECUTE FUNCTION app.keep_published();

-- The one way the app queues a job: it commits or vanishes with the decision it belongs to.
CREATE FUNCTION app.enqueue(name text, payload json, job_key text, run_at timestamptz, attempts integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(
    identifier => name, payload => payload, run_at => run_at, max_attempts => attempts, job_key => job_key);
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO lockstep_app;
