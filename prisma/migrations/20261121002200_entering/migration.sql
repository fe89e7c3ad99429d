-- Every request asks who is signed in, and most ask for their place in one tenant. Each is one round
-- trip here, where a transaction with its settings takes five. Both look with the system's reach and
-- put back whatever scope was set.

CREATE FUNCTION app.find_session(session_id text, at timestamptz)
RETURNS TABLE (id text, email text, name text, is_verified boolean, has_password boolean, platform_role text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT u.id, u.email, u.name, u.email_verified_at IS NOT NULL,
      u.password_hash IS NOT NULL, u.platform_role::text
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = session_id AND s.revoked_at IS NULL AND s.expires_at > at;
  PERFORM set_config('app.scope', was, true);
END $$;

CREATE FUNCTION app.find_membership(person_id text, tenant_slug text)
RETURNS TABLE (tenant_id text, slug text, role text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was text := app.scope();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT t.id, t.slug, m.role::text
    FROM tenants t JOIN members m ON m.tenant_id = t.id AND m.user_id = person_id
    WHERE t.slug = tenant_slug;
  PERFORM set_config('app.scope', was, true);
END $$;

REVOKE EXECUTE ON FUNCTION app.find_session(text, timestamptz), app.find_membership(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_session(text, timestamptz), app.find_membership(text, text) TO lockstep_app;
