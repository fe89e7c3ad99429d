import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Effects } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import type { Source } from "#lib/ledger-rules/claim";
import type { StripeObjects } from "#lib/stripe/object-types";
import { instantFrom } from "#lib/stripe/objects";

/** Money moved for a reason no rule knows: a person of the platform is told, once for each row. */
export async function tellUnexplained(
  tx: Tx,
  ctx: Context,
  sources: readonly Source<StripeObjects["balance_transaction"]>[],
  effects: Effects,
): Promise<void> {
  if (sources.length === 0) return;
  const found = sources.map(({ account, tenantId, object }) => {
    const { id, created, type, currency, net } = object;
    const data = { transactionId: id, type, minor: String(net), currency };
    const fact = {
      ...{ reference: `ledger:unexplained:${id}`, kind: "ledger.unexplained", tenantId, data },
    };
    const seen = { account, id, object, instant: instantFrom(created), isDeleted: false };
    return { seen: { ...seen, eventId: null, traceId: ctx.traceId }, facts: [fact] };
  });
  const facts = await keepNew(tx, found);
  if (facts.length > 0) await effects(tx, facts, ctx);
}
