-- An hour whose events were all voided has no last value: the one before it has.
CREATE OR REPLACE FUNCTION app.usage_between(tenant text, meter text, starts timestamptz, ends timestamptz)
RETURNS numeric LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
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
        AND b.events > 0
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
