-- Under row-level security the planner may not use a column's statistics for an operator that is
-- not leakproof, and comparing an enum is not: with an inbox that is nearly all done it took
-- `status = 'waiting'` for every row and read the whole table. A test for NULL is leakproof, so
-- what waits and what died is found by that; constraints keep both sayings of one thing equal.
ALTER TABLE inbox_events ADD COLUMN dead_at timestamptz(3);
SELECT set_config('app.scope', 'system', true);
UPDATE inbox_events SET dead_at = coalesce(handled_at, received_at) WHERE status = 'dead';

ALTER TABLE inbox_events
  ADD CONSTRAINT inbox_events_waiting_is_unhandled CHECK ((status = 'waiting') = (handled_at IS NULL)),
  ADD CONSTRAINT inbox_events_dead_has_died CHECK ((status = 'dead') = (dead_at IS NOT NULL));

CREATE INDEX inbox_events_unhandled ON inbox_events (partition, received_at) WHERE handled_at IS NULL;
DROP INDEX inbox_events_waiting;
DROP INDEX inbox_events_dead;
CREATE INDEX inbox_events_dead ON inbox_events (received_at DESC, id DESC) WHERE dead_at IS NOT NULL;
