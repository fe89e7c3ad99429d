import { openDb } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { Bench } from "#scripts/bench/bench";
import { perSecond } from "#scripts/bench/load";
import { contextOn, openStage, query } from "#scripts/bench/stage";

const tenants = 200;
const invoicesEach = 250;
const pageSize = 50;
const roundMs = 1500;

/** What the second wall costs: a tenant's page of invoices with row-level security and without. */
export const rls: Bench = {
  about: "a tenant's page under row-level security, beside the same for a superuser without it",
  open: async () => {
    const stage = await openStage();
    await plant(stage.superUrl);
    const walled = openDb(stage.appUrl, 8);
    const open = openDb(stage.superUrl, 8);

    const page = (db: typeof walled) => (client: number, turn: number) => {
      const tenantId = `ten_${(client * 31 + turn * 7) % tenants}`;
      const scope = { kind: "tenant", tenantId, userId: "usr_bench" } as const;
      return view(contextOn(db, scope), (tx) =>
        tx.invoice.findMany({
          where: { tenantId },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: pageSize,
        }),
      );
    };
    const at = (clients: number) => ({
      unit: "pages/s",
      goal: { atLeast: 0.85 },
      subject: () => perSecond(clients, roundMs, page(walled)),
      beside: { name: "without RLS", run: () => perSecond(clients, roundMs, page(open)) },
    });
    return {
      figures: [
        { name: "page of 50, 1 client", ...at(1) },
        { name: "page of 50, 8 clients", ...at(8) },
      ],
      close: async () => {
        await Promise.all([walled.close(), open.close()]);
        await stage.close();
      },
    };
  },
};

async function plant(superUrl: string): Promise<void> {
  await query(superUrl, "alter table tenants disable trigger audit");
  await query(
    superUrl,
    `insert into tenants (id, slug, name, country, created_at)
     select 'ten_' || n, 'tenant-' || n, 'Tenant ' || n, 'US', now()
     from generate_series(0, ${tenants - 1}) n`,
  );
  await query(
    superUrl,
    `insert into invoices (id, tenant_id, number, status, currency, total_minor, amount_due_minor,
       amount_paid_minor, created_at, instant, object)
     select 'in_' || t || '_' || n, 'ten_' || t, 'A-' || n, 'paid', 'usd', n * 100, 0, n * 100,
       now() - n * interval '1 day', now(), '{"object": "invoice"}'
     from generate_series(0, ${tenants - 1}) t, generate_series(1, ${invoicesEach}) n`,
  );
  await query(superUrl, "vacuum analyze invoices");
}
