-- A month's partition is empty when its plans are made and may hold millions of rows a minute later,
-- before anything tells the planner. What looks a key or an hour up never reads a whole partition.
ALTER FUNCTION app.take_usage(json, text[], json, timestamptz, timestamptz) SET enable_seqscan = off;
ALTER FUNCTION app.usage_over(json, json, timestamptz) SET enable_seqscan = off;
ALTER FUNCTION app.usage_between(text, text, timestamptz, timestamptz) SET enable_seqscan = off;
ALTER FUNCTION app.recount_usage(text, text, timestamptz) SET enable_seqscan = off;
