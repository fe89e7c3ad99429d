import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import type { Fact } from "#lib/events/converger";
import { enqueueAll } from "#lib/jobs/enqueue";
import { raterVersion } from "#lib/rater/judge-invoice";

const sweptAtOnce = 500;

/** An invoice was paid or its payment failed, so it is final: it is worked out anew. */
export async function askForCheck(tx: Tx, { data }: Fact): Promise<void> {
  const { invoiceId } = data as { invoiceId: string };
  await enqueueAll(tx, [jobOf(invoiceId)]);
}

/** Asks for every final invoice that was never worked out, or by older rules. */
export async function sweepChecks(ctx: Context): Promise<void> {
  await transact(ctx, "rater.sweep", async (tx) => {
    const left = await tx.$queryRaw<{ id: string }[]>`
      select i.id from invoices i
      left join invoice_checks c on c.invoice_id = i.id
      where i.status <> 'draft' and (c.invoice_id is null or c.version < ${raterVersion})
        and i.object #>> '{status_transitions,finalized_at}' is not null
      order by i.created_at desc limit ${sweptAtOnce}`;
    await enqueueAll(
      tx,
      left.map(({ id }) => jobOf(id)),
    );
  });
}

function jobOf(invoiceId: string) {
  return {
    ...{ name: "rater.check-invoice" as const, payload: { invoiceId } },
    key: `rater.check-invoice:${invoiceId}`,
  };
}
