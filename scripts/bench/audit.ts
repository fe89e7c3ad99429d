import { openDb } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import type { Bench } from "#scripts/bench/bench";
import { perSecond } from "#scripts/bench/load";
import { contextOn, openStage, query } from "#scripts/bench/stage";

const roundMs = 1500;
const tenants = 64;

/** What the audit log costs: a write that is chained by hash, and the same write unwatched. */
export const audit: Bench = {
  about: "an audited write, beside the same write on a table nobody watches",
  open: async () => {
    const stage = await openStage();
    await query(stage.superUrl, planted);
    const copy = await stage.clone("unwatched");
    await query(copy.superUrl, "alter table tenants disable trigger audit");
    const watched = openDb(stage.appUrl, 8);
    const unwatched = openDb(copy.appUrl, 8);

    let version = 0;
    const write = (db: typeof watched, id: string) => {
      version += 1;
      const name = `Name ${version}`;
      return transact(contextOn(db, { kind: "system" }), "bench.rename-tenant", (tx) =>
        tx.tenant.updateMany({ where: { id }, data: { name } }),
      );
    };
    const figure = (clients: number, tenantOf: (client: number, turn: number) => string) => {
      const on = (db: typeof watched) => () =>
        perSecond(clients, roundMs, (client, turn) => write(db, tenantOf(client, turn)));
      return {
        unit: "writes/s",
        subject: on(watched),
        beside: { name: "unaudited", run: on(unwatched) },
      };
    };
    const own = (client: number, turn: number) => `ten_${client + 8 * (turn % (tenants / 8))}`;
    return {
      figures: [
        { name: "1 client", goal: { atLeast: 0.7 }, ...figure(1, own) },
        { name: "8 clients, tenants of their own", goal: { atLeast: 0.75 }, ...figure(8, own) },
      ],
      close: async () => {
        await Promise.all([watched.close(), unwatched.close()]);
        await stage.close();
      },
    };
  },
};

const planted = `
  select set_config('app.action', 'bench.plant', false);
  insert into tenants (id, slug, name, country, created_at)
    select 'ten_' || n, 'tenant-' || n, 'Tenant ' || n, 'US', now()
    from generate_series(0, ${tenants - 1}) n`;
