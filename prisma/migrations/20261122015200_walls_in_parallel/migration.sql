-- What a wall asks of the transaction is read from its settings, which a parallel worker is handed
-- with its task. A function is taken to be unsafe until it says otherwise, and one that is unsafe
-- keeps every query behind a wall on one core.
ALTER FUNCTION app.scope() PARALLEL SAFE;
ALTER FUNCTION app.tenant_id() PARALLEL SAFE;
ALTER FUNCTION app.user_id() PARALLEL SAFE;
ALTER FUNCTION app.is_platform() PARALLEL SAFE;
ALTER FUNCTION app.is_person() PARALLEL SAFE;
