-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_secrets" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_uses" (
    "secret_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "api_key_uses_pkey" PRIMARY KEY ("secret_id")
);

-- CreateTable
CREATE TABLE "idempotent_requests" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "attempt" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "status" INTEGER,
    "sealed" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "api_keys_tenant_id_created_at_id_idx" ON "api_keys"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secrets_hash_key" ON "api_key_secrets"("hash");

-- CreateIndex
CREATE INDEX "api_key_secrets_key_id_idx" ON "api_key_secrets"("key_id");

-- CreateIndex
CREATE INDEX "idempotent_requests_expires_at_idx" ON "idempotent_requests"("expires_at");

-- AddForeignKey
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_uses" ADD CONSTRAINT "api_key_uses_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "api_key_secrets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL app.wall_tenant('api_keys', 'tenant_id');
CALL app.wall_tenant('api_key_secrets', 'tenant_id');
CALL app.wall_tenant('api_key_uses', 'tenant_id');
CALL app.wall('idempotent_requests', '(SELECT app.is_platform())', '(SELECT app.is_platform())');

CALL app.watch('api_keys', 'tenant_id');
CALL app.watch('api_key_secrets', 'tenant_id', 'hash');

-- Every call by key asks whose it is: one round trip and one indexed read, like app.find_session.
CREATE FUNCTION app.find_api_key(secret_hash text)
RETURNS TABLE (id text, tenant_id text, slug text, scopes text[], revoked_at timestamptz,
  expires_at timestamptz, secret_id text, ends_at timestamptz)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT k.id, t.id, t.slug, k.scopes, k.revoked_at, k.expires_at, s.id, s.ends_at
    FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id JOIN tenants t ON t.id = k.tenant_id
    WHERE s.hash = secret_hash;
  PERFORM set_config('app.scope', was, true);
END $$;

CREATE FUNCTION app.note_api_key_use(used text, whose text, at timestamptz, from_ip text, agent text)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  INSERT INTO api_key_uses VALUES (used, whose, at, from_ip, agent)
    ON CONFLICT (secret_id) DO UPDATE
    SET last_used_at = excluded.last_used_at, ip = excluded.ip, user_agent = excluded.user_agent
    WHERE api_key_uses.last_used_at < excluded.last_used_at;
  PERFORM set_config('app.scope', was, true);
END $$;

-- Processes remember keys for a short while; what changes about one is said as it commits.
CREATE FUNCTION app.tell_api_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('api_keys', '');
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON api_keys
  FOR EACH STATEMENT EXECUTE FUNCTION app.tell_api_keys();
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON api_key_secrets
  FOR EACH STATEMENT EXECUTE FUNCTION app.tell_api_keys();
CREATE TRIGGER tell AFTER UPDATE OF slug ON tenants
  FOR EACH STATEMENT EXECUTE FUNCTION app.tell_api_keys();

-- Takes up a request, or says how it stands. Taken up anew is what has run out, and what nobody
-- finished: its holder is believed dead, and had decided nothing.
CREATE FUNCTION app.claim_request(which text, print text, try text, hold interval, keep interval)
RETURNS TABLE (is_ours boolean, fingerprint text, decided_at timestamptz, status integer, sealed text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
  at timestamptz := clock_timestamp();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  INSERT INTO idempotent_requests AS r (id, fingerprint, attempt, started_at, held_until, expires_at)
    VALUES (which, print, try, at, at + hold, at + keep)
    ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, attempt = excluded.attempt,
      started_at = excluded.started_at, held_until = excluded.held_until,
      expires_at = excluded.expires_at, decided_at = NULL, status = NULL, sealed = NULL
    WHERE r.expires_at < at OR (r.status IS NULL AND r.decided_at IS NULL AND r.held_until < at
      AND r.fingerprint = excluded.fingerprint);
  RETURN QUERY SELECT r.attempt = try, r.fingerprint, r.decided_at, r.status, r.sealed
    FROM idempotent_requests r WHERE r.id = which;
  PERFORM set_config('app.scope', was, true);
END $$;

-- In the transaction that decides: false if another try has taken over, and then it must not.
CREATE FUNCTION app.decide_request(which text, try text) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
  done boolean;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  UPDATE idempotent_requests SET decided_at = coalesce(decided_at, clock_timestamp())
    WHERE id = which AND attempt = try AND status IS NULL;
  done := found;
  PERFORM set_config('app.scope', was, true);
  RETURN done;
END $$;

CREATE FUNCTION app.finish_request(which text, try text, said integer, answer text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  UPDATE idempotent_requests SET status = said, sealed = answer WHERE id = which AND attempt = try;
  PERFORM set_config('app.scope', was, true);
END $$;

-- Makes the key free again. What was decided stays, unless it is known to have been refused.
CREATE FUNCTION app.release_request(which text, try text, is_refused boolean) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  DELETE FROM idempotent_requests
    WHERE id = which AND attempt = try AND (is_refused OR decided_at IS NULL);
  PERFORM set_config('app.scope', was, true);
END $$;

REVOKE EXECUTE ON FUNCTION app.find_api_key(text),
  app.note_api_key_use(text, text, timestamptz, text, text),
  app.claim_request(text, text, text, interval, interval), app.decide_request(text, text),
  app.finish_request(text, text, integer, text), app.release_request(text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_api_key(text),
  app.note_api_key_use(text, text, timestamptz, text, text),
  app.claim_request(text, text, text, interval, interval), app.decide_request(text, text),
  app.finish_request(text, text, integer, text), app.release_request(text, text, boolean)
  TO lockstep_app;
