-- A key is looked up in the months its event can be of, and in no later one: what was taken lay at most
-- minutes ahead, so that a day past now bounds it whatever clocks say. Before, each key was sought
-- in the two months to come and among what is of no month, too.
CREATE OR REPLACE FUNCTION app.take_usage(sent json, tenants text[], gates json, oldest timestamptz, received timestamptz)
RETURNS TABLE (place integer, fate text, found json) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  over integer[] := '{}';
  newest timestamptz := received + interval '1 day';
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  PERFORM app.hold_usage(tenants);
  IF gates IS NOT NULL THEN
    over := coalesce(app.usage_over(sent, gates, oldest), '{}');
  END IF;
  RETURN QUERY
  WITH row AS MATERIALIZED (
    SELECT s.*, known.found, date_trunc('hour', s.a, 'UTC') AS hour
    FROM json_to_recordset(sent) AS s (p integer, t text, k text, m text, a timestamptz, v numeric, u text, d jsonb, g text)
    LEFT JOIN LATERAL (
      SELECT json_build_object('meter', e.meter_key, 'at', e.at, 'value', e.value::text, 'unique', e.unique_value,
        'dimensions', e.dimensions, 'corrected', e.corrected_at IS NOT NULL) AS found
      FROM usage_events e WHERE e.tenant_id = s.t AND e.key = s.k AND e.at >= oldest AND e.at < newest LIMIT 1
    ) known ON true
  ), fresh AS MATERIALIZED (
    SELECT * FROM row WHERE row.found IS NULL AND row.p <> ALL (over)
  ), stored AS (
    INSERT INTO usage_events (tenant_id, key, at, meter_key, value, unique_value, dimensions, received_at)
    SELECT t, k, a, m, v, u, d, received FROM fresh
  ), seen AS (
    INSERT INTO usage_uniques (tenant_id, meter_key, hour, value)
    SELECT DISTINCT t, m, hour, u FROM fresh WHERE g = 'unique'
    ON CONFLICT DO NOTHING RETURNING tenant_id, meter_key, hour
  ), counted AS (
    INSERT INTO usage_buckets AS kept (tenant_id, meter_key, hour, total, events, peak, latest, uniques)
    SELECT t, m, hour, sum(v), count(*), max(v),
      max(ARRAY[to_char(a AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS'), k, v::text] COLLATE "C") FILTER (WHERE g = 'last'),
      CASE WHEN bool_or(g = 'unique') THEN (SELECT count(*) FROM seen
        WHERE seen.tenant_id = t AND seen.meter_key = m AND seen.hour = fresh.hour) ELSE 0 END
    FROM fresh GROUP BY t, m, hour ORDER BY t, m, hour
    ON CONFLICT (tenant_id, meter_key, hour) DO UPDATE SET total = kept.total + excluded.total,
      events = kept.events + excluded.events, peak = greatest(kept.peak, excluded.peak),
      latest = CASE WHEN kept.latest IS NULL OR excluded.latest > kept.latest COLLATE "C" THEN excluded.latest ELSE kept.latest END,
      uniques = kept.uniques + excluded.uniques, is_unsent = true
  )
  SELECT row.p, CASE WHEN row.found IS NULL THEN 'over' ELSE 'known' END, row.found
  FROM row WHERE row.found IS NOT NULL OR row.p = ANY (over);
END $$;
