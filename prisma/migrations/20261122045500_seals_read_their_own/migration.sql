-- A digest reads the entries of its seal and no others, however many there are. The planner does
-- not know how few a span of a seal holds, so where it may it reads every entry in order instead.
-- What it comes to is what it was.
CREATE OR REPLACE FUNCTION app.ledger_digest(before bytea, sealed int8multirange) RETURNS bytea LANGUAGE sql STABLE
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
  SELECT sha256(before || coalesce(string_agg(e.digest, ''::bytea ORDER BY e.id), ''))
  FROM unnest(sealed) span CROSS JOIN LATERAL (
    SELECT e.id, sha256(convert_to(ROW(e.id, e.book_id, e.reference, e.kind, e.effective_at, e.posted_at, e.about_tenant_id,
        e.customer_id, e.payment_id, e.country, e.method, e.object_id, e.corrects)::text || (
          SELECT string_agg(ROW(m.position, m.from_account, m.to_account, m.from_subject, m.to_subject, m.minor, m.effective_at,
            m.plan)::text, '' ORDER BY m.position) FROM ledger_moves m WHERE m.entry_id = e.id), 'UTF8')) AS digest
    FROM ledger_entries e WHERE e.id >= lower(span) AND e.id < upper(span) ORDER BY e.id OFFSET 0) e
$$;
