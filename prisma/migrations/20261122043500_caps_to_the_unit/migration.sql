-- Which of the events a hard cap keeps out, by their places. In their order, each by itself: one that
-- would cross the cap is out, and what still fits after it is in. A new value among different ones
-- adds once, however often it is sent; where it is out, every copy of it is. Each period has its own
-- count. Called with the tenants held.
CREATE OR REPLACE FUNCTION app.usage_over(sent json, gates json, oldest timestamptz) RETURNS integer[]
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  over integer[] := '{}';
  one record;
  gate text;
  reached numeric;
  adds numeric;
  first_out integer;
BEGIN
  FOR one IN
    SELECT s.p, s.v, s.u, g.tenant, g.meter, g.kind, g.starts, g.ends, g.most,
      min(s.p) OVER (PARTITION BY g.tenant, g.meter, g.starts, s.u) AS first,
      concat_ws(' ', g.tenant, g.meter, g.starts) AS gate,
      g.kind = 'unique' AND EXISTS (SELECT FROM usage_events e
        WHERE e.tenant_id = g.tenant AND e.meter_key = g.meter AND e.at >= g.starts AND e.at < g.ends
          AND e.unique_value = s.u AND e.voided_at IS NULL) AS is_known
    FROM json_to_recordset(sent) AS s (p integer, t text, k text, m text, a timestamptz, v numeric, u text)
      JOIN json_to_recordset(gates) AS g (tenant text, meter text, kind text, starts timestamptz, ends timestamptz, most numeric)
        ON g.tenant = s.t AND g.meter = s.m AND s.a >= g.starts AND s.a < g.ends
    WHERE NOT EXISTS (SELECT FROM usage_events e WHERE e.tenant_id = s.t AND e.key = s.k AND e.at >= oldest)
    ORDER BY g.tenant, g.meter, g.starts, s.p
  LOOP
    IF one.kind IN ('max', 'last') THEN
      IF one.v > one.most THEN over := over || one.p; END IF;
      CONTINUE;
    END IF;
    IF gate IS DISTINCT FROM one.gate THEN
      gate := one.gate;
      reached := app.usage_between(one.tenant, one.meter, one.starts, one.ends);
      first_out := NULL;
    END IF;
    IF one.kind = 'unique' AND (one.is_known OR one.first < one.p) THEN
      IF NOT one.is_known AND one.first >= first_out THEN over := over || one.p; END IF;
      CONTINUE;
    END IF;
    adds := CASE one.kind WHEN 'sum' THEN one.v ELSE 1 END;
    IF adds > 0 AND reached + adds > one.most THEN
      over := over || one.p;
      first_out := coalesce(first_out, one.p);
    ELSE
      reached := reached + adds;
    END IF;
  END LOOP;
  RETURN over;
END $$;
