-- Every write to a table that people or policies decide about leaves an entry, by trigger, so that
-- no verb can forget it. Entries are chained by SHA-256 per tenant (and one chain for the platform).
-- A write that does not say what it does (app.action) is refused.

CREATE FUNCTION app.audit_hash(entry audit_entries) RETURNS bytea LANGUAGE sql IMMUTABLE
  RETURN sha256(entry.previous_hash || convert_to(jsonb_build_object(
    'chain', entry.chain, 'sequence', entry.sequence, 'at', extract(epoch FROM entry.at),
    'actor', entry.actor, 'action', entry.action, 'target', entry.target,
    'target_id', entry.target_id, 'operation', entry.operation, 'before', entry.before,
    'after', entry.after, 'origin', entry.origin, 'trace_id', entry.trace_id)::text, 'UTF8'));

-- Arguments: the column that names the tenant ('' for none), then the columns kept secret.
CREATE FUNCTION app.audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  whole jsonb := coalesce(becomes, was);
  head audit_heads;
  entry audit_entries;
  secret text;
  unchanged text[];
BEGIN
  IF was = becomes THEN RETURN NULL; END IF;
  IF coalesce(current_setting('app.action', true), '') = '' THEN
    RAISE EXCEPTION 'a write to % must say what it does: use transact(ctx, action, …)', TG_TABLE_NAME;
  END IF;

  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(key) INTO unchanged FROM jsonb_each(was) WHERE becomes -> key = value;
    was := was - coalesce(unchanged, '{}');
    becomes := becomes - coalesce(unchanged, '{}');
  END IF;
  FOR i IN 1 .. TG_NARGS - 1 LOOP
    secret := TG_ARGV[i];
    IF was ? secret AND was -> secret <> 'null' THEN was := was || jsonb_build_object(secret, '[secret]'); END IF;
    IF becomes ? secret AND becomes -> secret <> 'null' THEN becomes := becomes || jsonb_build_object(secret, '[secret]'); END IF;
  END LOOP;

  entry.chain := coalesce(whole ->> nullif(TG_ARGV[0], ''), 'platform');
  INSERT INTO audit_heads (chain, sequence, hash) VALUES (entry.chain, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_heads WHERE chain = entry.chain FOR UPDATE;

  entry.sequence := head.sequence + 1;
  entry.at := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp());
  entry.actor := coalesce(nullif(current_setting('app.actor', true), ''), session_user);
  entry.action := current_setting('app.action');
  entry.target := TG_TABLE_NAME;
  entry.target_id := coalesce(whole ->> 'id', whole ->> 'key', whole ->> 'subject', '');
  entry.operation := lower(TG_OP);
  entry.before := was;
  entry.after := becomes;
  entry.origin := coalesce(nullif(current_setting('app.origin', true), '')::jsonb, '{}');
  entry.trace_id := coalesce(current_setting('app.trace_id', true), '');
  entry.previous_hash := head.hash;
  entry.hash := app.audit_hash(entry);
  INSERT INTO audit_entries SELECT entry.*;
  UPDATE audit_heads SET sequence = entry.sequence, hash = entry.hash WHERE chain = entry.chain;
  RETURN NULL;
END $$;

-- The first entry of a chain that does not follow from the one before it, or a cut-off end.
CREATE FUNCTION app.verify_audit(which text)
RETURNS TABLE (entries bigint, broken_at bigint, reason text) LANGUAGE sql STABLE AS $$
  WITH walked AS (
    SELECT e.sequence, e.hash, app.audit_hash(e) AS expected, e.previous_hash,
      lag(e.hash, 1, ''::bytea) OVER by_order AS before_it,
      e.sequence - lag(e.sequence, 1, 0) OVER by_order AS step
    FROM audit_entries e WHERE e.chain = which WINDOW by_order AS (ORDER BY e.sequence)
  ), faults AS (
    SELECT sequence, CASE WHEN step <> 1 THEN 'an entry before this one is missing'
      WHEN hash <> expected THEN 'this entry was changed'
      ELSE 'this entry does not follow the one before it' END AS reason
    FROM walked WHERE step <> 1 OR hash <> expected OR previous_hash <> before_it
    UNION ALL
    SELECT h.sequence, 'the end of the log was cut off' FROM audit_heads h
    WHERE h.chain = which AND NOT EXISTS (
      SELECT FROM walked w WHERE w.sequence = h.sequence AND w.hash = h.hash)
    UNION ALL
    SELECT w.sequence, 'the end of the log is not recorded' FROM walked w
    WHERE NOT EXISTS (SELECT FROM audit_heads h WHERE h.chain = which AND h.sequence >= w.sequence)
  )
  SELECT (SELECT count(*) FROM walked), first.sequence, first.reason
  FROM (SELECT 1) one LEFT JOIN (SELECT * FROM faults ORDER BY sequence LIMIT 1) first ON true
$$;

CREATE FUNCTION app.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION app.append_only();

CALL app.wall('audit_entries', 'chain = (SELECT app.tenant_id()) OR (SELECT app.is_platform())', 'false');
CALL app.wall('audit_heads', 'chain = (SELECT app.tenant_id()) OR (SELECT app.is_platform())', 'false');
REVOKE INSERT, UPDATE, DELETE ON audit_entries, audit_heads FROM lockstep_app;
CREATE POLICY writer ON audit_entries TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY writer ON audit_heads TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT EXECUTE ON FUNCTION app.verify_audit(text), app.audit_hash(audit_entries) TO lockstep_app;

-- Starts auditing a table.
CREATE PROCEDURE app.watch(target text, VARIADIC arguments text[]) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION app.audit(%s)',
    target, (SELECT string_agg(quote_literal(argument), ', ') FROM unnest(arguments) argument));
END $$;

CALL app.watch('users', '', 'password_hash');
CALL app.watch('identities', '');
CALL app.watch('sessions', '');
CALL app.watch('tokens', '', 'hash');
CALL app.watch('tenants', 'id');
CALL app.watch('members', 'tenant_id');
CALL app.watch('invitations', 'tenant_id', 'token_hash');
CALL app.watch('checkouts', 'tenant_id', 'url');
CALL app.watch('plans', '');
CALL app.watch('plan_versions', '');
CALL app.watch('components', '');
CALL app.watch('prices', '');
CALL app.watch('meters', '');
