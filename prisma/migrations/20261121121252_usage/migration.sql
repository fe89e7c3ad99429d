-- CreateEnum
CREATE TYPE "usage_aggregation" AS ENUM ('sum', 'count', 'max', 'last', 'unique');

-- AlterTable
ALTER TABLE "meters" ADD COLUMN     "aggregation" "usage_aggregation" NOT NULL DEFAULT 'sum',
ADD COLUMN     "unit" TEXT;

-- CreateTable
CREATE TABLE "usage_events" (
    "tenant_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "meter_key" TEXT NOT NULL,
    "value" DECIMAL(27,12) NOT NULL,
    "unique_value" TEXT,
    "dimensions" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "corrected_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),

    CONSTRAINT "usage_events_pkey" PRIMARY KEY ("tenant_id","key","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "usage_buckets" (
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "total" DECIMAL(38,12) NOT NULL,
    "events" BIGINT NOT NULL,
    "peak" DECIMAL(27,12) NOT NULL,
    "latest" TEXT[],
    "uniques" BIGINT NOT NULL DEFAULT 0,
    "is_unsent" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "usage_buckets_pkey" PRIMARY KEY ("tenant_id","meter_key","hour")
);

-- CreateTable
CREATE TABLE "usage_uniques" (
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "usage_uniques_pkey" PRIMARY KEY ("tenant_id","meter_key","hour","value")
) PARTITION BY RANGE ("hour");

-- CreateTable
CREATE TABLE "usage_corrections" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB,
    "reason" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_corrections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_flushes" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "value" DECIMAL(38,12) NOT NULL,
    "stamped_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "refused_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "usage_flushes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_limits" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "amount" DECIMAL(38,12) NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_adjustments" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "component_key" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "billed" DECIMAL(38,12) NOT NULL,
    "counted" DECIMAL(38,12) NOT NULL,
    "period_start_at" TIMESTAMPTZ(3) NOT NULL,
    "period_end_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "waived_at" TIMESTAMPTZ(3),
    "stripe_item_id" TEXT,
    "error" TEXT,

    CONSTRAINT "usage_adjustments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_comparisons" (
    "tenant_id" TEXT NOT NULL,
    "meter_key" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "sent" DECIMAL(38,12) NOT NULL,
    "counted" DECIMAL(38,12) NOT NULL,
    "compared_at" TIMESTAMPTZ(3) NOT NULL,
    "drifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "usage_comparisons_pkey" PRIMARY KEY ("tenant_id","meter_key")
);

-- CreateIndex
CREATE INDEX "usage_events_tenant_id_meter_key_at_idx" ON "usage_events"("tenant_id", "meter_key", "at");

-- CreateIndex
CREATE INDEX "usage_corrections_tenant_id_event_key_made_at_idx" ON "usage_corrections"("tenant_id", "event_key", "made_at");

-- CreateIndex
CREATE INDEX "usage_flushes_tenant_id_meter_key_starts_at_idx" ON "usage_flushes"("tenant_id", "meter_key", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "usage_limits_tenant_id_meter_key_act_measure_amount_key" ON "usage_limits"("tenant_id", "meter_key", "act", "measure", "amount");

-- CreateIndex
CREATE INDEX "usage_adjustments_tenant_id_invoice_id_idx" ON "usage_adjustments"("tenant_id", "invoice_id");

-- Usage that no statement of ours would write: the database's own word against a bug.
ALTER TABLE usage_buckets ADD CONSTRAINT usage_buckets_hour CHECK (hour = date_trunc('hour', hour, 'UTC'));
ALTER TABLE usage_limits ADD CONSTRAINT usage_limits_words CHECK (
  act IN ('alert', 'soft_cap', 'hard_cap') AND measure IN ('units', 'spend') AND amount > 0);
ALTER TABLE usage_adjustments ADD CONSTRAINT usage_adjustments_words CHECK (why IN ('minimum', 'cap', 'late'));
-- What one invoice lacks to its minimum, or has beyond its cap, is settled once.
CREATE UNIQUE INDEX usage_adjustments_once ON usage_adjustments (invoice_id, component_key) WHERE why <> 'late';
CREATE INDEX usage_adjustments_unposted ON usage_adjustments (created_at) WHERE posted_at IS NULL AND waived_at IS NULL;
-- Whose hours are to be weighed, and what is on its way to Stripe.
CREATE INDEX usage_buckets_unsent ON usage_buckets (tenant_id, meter_key, hour) WHERE is_unsent;
CREATE INDEX usage_flushes_waiting ON usage_flushes (created_at, id) WHERE sent_at IS NULL AND refused_at IS NULL;
CREATE INDEX usage_comparisons_drifted ON usage_comparisons (drifted_at) WHERE drifted_at IS NOT NULL;
-- An hour's row is written again with every batch: it stays on its page.
ALTER TABLE usage_buckets SET (fillfactor = 70);

CREATE TABLE usage_events_other PARTITION OF usage_events DEFAULT;
CREATE TABLE usage_uniques_other PARTITION OF usage_uniques DEFAULT;
REVOKE ALL ON usage_events_other, usage_uniques_other FROM lockstep_app;

CALL app.wall_tenant('usage_events', 'tenant_id');
CALL app.wall_tenant('usage_buckets', 'tenant_id');
CALL app.wall_tenant('usage_uniques', 'tenant_id');
CALL app.wall_tenant('usage_corrections', 'tenant_id');
CALL app.wall_tenant('usage_flushes', 'tenant_id');
CALL app.wall_tenant('usage_limits', 'tenant_id');
CALL app.wall_tenant('usage_adjustments', 'tenant_id');
CALL app.wall_tenant('usage_comparisons', 'tenant_id');
CALL app.watch('usage_corrections', 'tenant_id');
CALL app.watch('usage_limits', 'tenant_id');
CALL app.watch('usage_adjustments', 'tenant_id');

-- Makes the partitions of the months around an instant, and drops those that ended more than
-- `keep_days` before it. Hours and their totals stay. Answers with the names of the dropped.
CREATE FUNCTION app.keep_usage(around timestamptz, keep_days integer) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  whole text;
  begins timestamptz;
  ends timestamptz;
  name text;
  is_mixed boolean;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  FOREACH whole IN ARRAY ARRAY['usage_events', 'usage_uniques'] LOOP
    FOR step IN -2 .. 2 LOOP
      begins := (date_trunc('month', around AT TIME ZONE 'UTC') + step * interval '1 month') AT TIME ZONE 'UTC';
      ends := (date_trunc('month', around AT TIME ZONE 'UTC') + (step + 1) * interval '1 month') AT TIME ZONE 'UTC';
      name := whole || to_char(begins AT TIME ZONE 'UTC', '_YYYYMM');
      CONTINUE WHEN to_regclass(name) IS NOT NULL;
      EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I >= $1 AND %2$I < $2)', whole || '_other',
        CASE whole WHEN 'usage_events' THEN 'at' ELSE 'hour' END) INTO is_mixed USING begins, ends;
      CONTINUE WHEN is_mixed;
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', name, whole, begins, ends);
      EXECUTE format('REVOKE ALL ON %I FROM lockstep_app', name);
    END LOOP;
    FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = whole::regclass AND c.relname ~ '_\d{6}$' ORDER BY c.relname
    LOOP
      begins := to_timestamp(right(name, 6) || '01 UTC', 'YYYYMMDD TZ');
      CONTINUE WHEN begins + interval '1 month' > around - make_interval(days => keep_days);
      EXECUTE format('DROP TABLE %I', name);
      RETURN NEXT name;
    END LOOP;
  END LOOP;
  DELETE FROM usage_events_other WHERE at < around - make_interval(days => keep_days);
  DELETE FROM usage_uniques_other WHERE hour < around - make_interval(days => keep_days);
END $$;
REVOKE EXECUTE ON FUNCTION app.keep_usage(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.keep_usage(timestamptz, integer) TO lockstep_app;
SELECT app.keep_usage(now(), 36500);

-- One tenant's usage changes in one transaction at a time: so a key is new once, whatever month its
-- event is of, and a cap is met to the unit. Held to the end of the transaction.
CREATE FUNCTION app.hold_usage(tenants text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT pg_advisory_xact_lock(20471, named.hash)
  FROM (SELECT DISTINCT hashtext(tenant) AS hash FROM unnest(tenants) tenant ORDER BY 1) named
$$;

-- The exact quantity of a period, from `starts` until just before `ends`: whole hours from their
-- rows, the cut hours at either end from the events themselves.
CREATE FUNCTION app.usage_between(tenant text, meter text, starts timestamptz, ends timestamptz)
RETURNS numeric LANGUAGE plpgsql STABLE AS $$
DECLARE
  kind text := (SELECT m.aggregation::text FROM meters m WHERE m.key = meter);
  first_hour timestamptz := date_trunc('hour', starts + interval '59 minutes 59.999 seconds', 'UTC');
  last_hour timestamptz := date_trunc('hour', ends, 'UTC');
  head timestamptz;
  tail timestamptz;
  answer numeric;
BEGIN
  first_hour := least(first_hour, ends);
  last_hour := greatest(last_hour, first_hour);
  head := first_hour;
  tail := last_hour;
  IF kind IN ('sum', 'count') THEN
    SELECT coalesce(sum(CASE kind WHEN 'sum' THEN b.total ELSE b.events END), 0) INTO answer
    FROM usage_buckets b
    WHERE b.tenant_id = tenant AND b.meter_key = meter AND b.hour >= first_hour AND b.hour < last_hour;
    RETURN answer + coalesce((
      SELECT sum(CASE kind WHEN 'sum' THEN e.value ELSE 1 END) FROM usage_events e
      WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.voided_at IS NULL
        AND ((e.at >= starts AND e.at < head) OR (e.at >= tail AND e.at < ends))), 0);
  ELSIF kind = 'max' THEN
    RETURN greatest(0, (SELECT max(b.peak) FROM usage_buckets b
      WHERE b.tenant_id = tenant AND b.meter_key = meter AND b.hour >= first_hour AND b.hour < last_hour),
      (SELECT max(e.value) FROM usage_events e
      WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.voided_at IS NULL
        AND ((e.at >= starts AND e.at < head) OR (e.at >= tail AND e.at < ends))));
  ELSIF kind = 'last' THEN
    SELECT e.value INTO answer FROM usage_events e
    WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.voided_at IS NULL AND e.at >= tail AND e.at < ends
    ORDER BY e.at DESC, e.key COLLATE "C" DESC LIMIT 1;
    IF answer IS NULL THEN
      SELECT b.latest[3]::numeric INTO answer FROM usage_buckets b
      WHERE b.tenant_id = tenant AND b.meter_key = meter AND b.hour >= first_hour AND b.hour < last_hour
      ORDER BY b.hour DESC LIMIT 1;
    END IF;
    IF answer IS NULL THEN
      SELECT e.value INTO answer FROM usage_events e
      WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.voided_at IS NULL AND e.at >= starts AND e.at < head
      ORDER BY e.at DESC, e.key COLLATE "C" DESC LIMIT 1;
    END IF;
    RETURN coalesce(answer, 0);
  ELSIF kind = 'unique' THEN
    SELECT count(*) INTO answer FROM (
      SELECT u.value FROM usage_uniques u
      WHERE u.tenant_id = tenant AND u.meter_key = meter AND u.hour >= first_hour AND u.hour < last_hour
      UNION
      SELECT e.unique_value FROM usage_events e
      WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.voided_at IS NULL
        AND ((e.at >= starts AND e.at < head) OR (e.at >= tail AND e.at < ends))) seen;
    RETURN answer;
  END IF;
  RETURN 0;
END $$;

-- Makes an hour's row anew from its events, after one of them was corrected.
CREATE FUNCTION app.recount_usage(tenant text, meter text, which timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  from_hour timestamptz := date_trunc('hour', which, 'UTC');
  to_hour timestamptz := date_trunc('hour', which, 'UTC') + interval '1 hour';
  kind text := (SELECT m.aggregation::text FROM meters m WHERE m.key = meter);
BEGIN
  DELETE FROM usage_uniques u WHERE u.tenant_id = tenant AND u.meter_key = meter AND u.hour = from_hour;
  IF kind = 'unique' THEN
    INSERT INTO usage_uniques (tenant_id, meter_key, hour, value)
      SELECT DISTINCT tenant, meter, from_hour, e.unique_value FROM usage_events e
      WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.at >= from_hour AND e.at < to_hour
        AND e.voided_at IS NULL;
  END IF;
  INSERT INTO usage_buckets AS kept (tenant_id, meter_key, hour, total, events, peak, latest, uniques)
    SELECT tenant, meter, from_hour, coalesce(sum(e.value), 0), count(*), coalesce(max(e.value), 0),
      CASE kind WHEN 'last' THEN max(ARRAY[to_char(e.at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS'),
        e.key, e.value::text] COLLATE "C") END,
      count(DISTINCT CASE kind WHEN 'unique' THEN e.unique_value END)
    FROM usage_events e
    WHERE e.tenant_id = tenant AND e.meter_key = meter AND e.at >= from_hour AND e.at < to_hour
      AND e.voided_at IS NULL
  ON CONFLICT (tenant_id, meter_key, hour) DO UPDATE SET total = excluded.total,
    events = excluded.events, peak = excluded.peak, latest = excluded.latest,
    uniques = excluded.uniques, is_unsent = true;
END $$;

-- Which of the events a hard cap keeps out, by their places. In their order; what would cross the
-- cap is out, and all after it that add anything. Called with the tenants held.
CREATE FUNCTION app.usage_over(sent json, gates json, oldest timestamptz) RETURNS integer[]
LANGUAGE sql AS $$
  WITH gate AS (
    SELECT g.*, app.usage_between(g.tenant, g.meter, g.starts, g.ends) AS used
    FROM json_to_recordset(gates) AS g (tenant text, meter text, kind text, starts timestamptz, ends timestamptz, most numeric)
  ), row AS (
    SELECT s.p, s.v, s.u, gate.*, row_number() OVER (PARTITION BY s.t, s.m, s.u ORDER BY s.p) AS nth
    FROM json_to_recordset(sent) AS s (p integer, t text, k text, m text, a timestamptz, v numeric, u text)
    JOIN gate ON gate.tenant = s.t AND gate.meter = s.m AND s.a >= gate.starts AND s.a < gate.ends
    WHERE NOT EXISTS (SELECT FROM usage_events e WHERE e.tenant_id = s.t AND e.key = s.k AND e.at >= oldest)
  ), adding AS (
    SELECT row.*, CASE row.kind
      WHEN 'sum' THEN row.v
      WHEN 'count' THEN 1
      WHEN 'unique' THEN CASE WHEN row.nth = 1 AND NOT EXISTS (SELECT FROM usage_events e
          WHERE e.tenant_id = row.tenant AND e.meter_key = row.meter AND e.at >= row.starts AND e.at < row.ends
            AND e.unique_value = row.u AND e.voided_at IS NULL) THEN 1 ELSE 0 END
      ELSE 0 END AS adds
    FROM row
  ), running AS (
    SELECT adding.*, used + sum(adds) OVER (PARTITION BY tenant, meter ORDER BY p) AS reached FROM adding
  )
  SELECT array_agg(DISTINCT p) FROM running
  WHERE CASE WHEN kind IN ('max', 'last') THEN v > most ELSE adds > 0 AND reached > most END
$$;

-- Stores events once and adds them to their hours, in one statement and so in one commit. `sent` is
-- [{p: place, t: tenant, k: key, m: meter, a: at, v: value, u: unique value, d: dimensions,
-- g: kind of meter}], each key once. Answers for those alone that were not stored: what their key
-- already names, or that a cap keeps them out.
CREATE FUNCTION app.take_usage(sent json, tenants text[], gates json, oldest timestamptz, received timestamptz)
RETURNS TABLE (place integer, fate text, found json) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  over integer[] := '{}';
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
      FROM usage_events e WHERE e.tenant_id = s.t AND e.key = s.k AND e.at >= oldest LIMIT 1
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

GRANT EXECUTE ON FUNCTION app.hold_usage(text[]), app.usage_between(text, text, timestamptz, timestamptz),
  app.recount_usage(text, text, timestamptz), app.usage_over(json, json, timestamptz),
  app.take_usage(json, text[], json, timestamptz, timestamptz) TO lockstep_app;
