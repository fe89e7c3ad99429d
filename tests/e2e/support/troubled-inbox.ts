import pg from "pg";

/** The database of the stack under test; global set-up says where it is. */
export async function onDatabase<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    await client.query(`select set_config('app.scope', 'system', false),
      set_config('app.action', 'test.plant', false)`);
    return await run(client);
  } finally {
    await client.end();
  }
}

/** Words that no other test's events have. */
export const fraudType = "review.opened";

/**
 * What an inbox looks like after a bad night: 150 dead letters of a kind nobody handles, four of
 * invoices, a mirror that differs from Stripe's customer, and requests that are held back. Each can
 * be mended through the console, because the events and the object are real.
 */
export async function plantTroubles(): Promise<{ customerId: string; name: string }> {
  return onDatabase(async (client) => {
    await client.query(
      `insert into inbox_events (id, endpoint, type, object_type, object_id, partition, instant,
         received_at, status, attempts, handled_at, dead_at, error, trace_id, body)
       select 'evt_fraud' || n, 'account', $1, 'review', 'prv_' || n, n % 64,
         date_trunc('second', now()), now() - n * interval '1 min', 'dead', 10,
         now() - interval '20 s', now() - interval '20 s',
         'Stripe has no charge ch_3P' || n || 'x for this warning', 'trc_fraud' || n,
         jsonb_build_object('id', 'evt_fraud' || n, 'object', 'event', 'livemode', false,
           'data', jsonb_build_object('object', jsonb_build_object('id', 'prv_' || n,
             'object', 'review', 'actionable', true)))
       from generate_series(1, 150) n on conflict do nothing`,
      [fraudType],
    );
    await client.query(`update inbox_events set status = 'dead', attempts = 10,
        dead_at = now() - interval '10 s', handled_at = now() - interval '10 s',
        error = 'relation "invoice_totals" does not exist'
      where id in (select id from inbox_events where type = 'invoice.paid' and status = 'done'
        order by received_at desc limit 4)`);
    await client.query(`insert into breakers (process, account, route, status, openings, opened_at,
        retry_at, changed_at, seen_at)
      values ('worker-41-a1b2c3d4', '', 'GET /v1/invoices/:id', 'open', 3, now() - interval '8 s',
        now() + interval '40 s', now() - interval '8 s', now() + interval '5 min'),
      ('worker-41-a1b2c3d4', '', 'GET /v1/customers/:id', 'half_open', 1,
        now() - interval '20 s', now(), now() - interval '2 s', now() + interval '5 min')
      on conflict do nothing`);
    return spoilCustomer(client);
  });
}

/** Makes a mirror say what Stripe never did, and finds it, as the drift monitor would. */
async function spoilCustomer(client: pg.Client): Promise<{ customerId: string; name: string }> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `select id, object ->> 'name' as name from stripe_customers
     where account = '' and not is_deleted and object ->> 'name' is not null
       and id not in (select object_id from drifts) order by id limit 1`,
  );
  const [{ id: customerId, name }] = rows as [{ id: string; name: string }];
  await client.query(
    `update stripe_customers set name = 'Somebody else',
       object = jsonb_set(object::jsonb, '{name}', '"Somebody else"') where account = '' and id = $1`,
    [customerId],
  );
  await client.query(
    `insert into drifts (id, object_type, object_id, found_at, differences, why, status)
     values ('drf_' || $1, 'customer', $1, now(), jsonb_build_array(jsonb_build_object(
       'path', 'name', 'mirror', 'Somebody else', 'live', $2::text)),
       'Stripe changed it after the last event that came; a later one is missing or was never sent.',
       'proposed')`,
    [customerId, name],
  );
  return { customerId, name };
}
