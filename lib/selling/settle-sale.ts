import type { Context } from "#lib/context";
import type { Sale } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import type { Effects, Found } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { enqueue } from "#lib/jobs/enqueue";
import type { Currency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { toStripeAmount } from "#lib/stripe/amounts";
import { isStripesNo } from "#lib/stripe/ask";
import { noOf } from "#lib/stripe/decline";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";
import { asSystem } from "#lib/tenancy/as-system";

/**
 * Does what is still to do after a payment: sends it on, or gives back what was taken above the
 * fee. Run again it asks Stripe in the same words under the same key. What Stripe refuses waits,
 * with its reason, until the account can take money again; people are told of it the first time.
 */
export async function settleSale(
  ctx: Context,
  { saleId }: { saleId: string },
  gateway: StripeGateway,
  effects: Effects,
): Promise<void> {
  const system = asSystem(ctx);
  const sale = await view(system, (tx) => tx.sale.findUniqueOrThrow({ where: { id: saleId } }));
  if (sale.settling === "done") return;
  try {
    const settledAs = await settle(gateway, sale, ctx.now());
    await transact(system, "selling.settle-sale", (tx) =>
      tx.sale.update({ where: { id: saleId }, data: { settling: "done", settledAs, error: null } }),
    );
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    const { message } = noOf(error);
    await transact(system, "selling.fail-settling", async (tx) => {
      await tx.sale.update({
        where: { id: saleId },
        data: { settling: "failed", error: message },
      });
      const facts = await keepNew(tx, [failureOf(sale, message, ctx)]);
      if (facts.length > 0) await effects(tx, facts, ctx);
    });
  }
}

/** That a sale could not be settled is a fact once, however often it is tried again. */
function failureOf(sale: Sale, message: string, ctx: Context): Found {
  const { id, tenantId, account, kind, currency } = sale;
  const minor =
    kind === "separate" ? sale.amountMinor - sale.dueMinor : sale.takenMinor - sale.dueMinor;
  const at = { instant: ctx.now(), traceId: ctx.traceId, isDeleted: false, eventId: null };
  const fact = {
    ...{ kind: "sale.settling_failed", reference: `sale:${id}:settling_failed`, tenantId },
    data: { saleId: id, saleKind: kind, minor: String(minor), currency, error: message },
  };
  return { seen: { id, account, object: null, ...at }, facts: [fact] };
}

async function settle(gateway: StripeGateway, sale: Sale, now: Date): Promise<string | null> {
  const { id: saleId, accountId, checkoutId, currency, amountMinor, takenMinor, dueMinor } = sale;
  const of = (minor: bigint) => toStripeAmount(money(minor, currency as Currency));
  // Whether it failed before: its key may answer with that failure, so the next one is new.
  const again = sale.error === null ? null : now;
  if (sale.kind === "separate") {
    const amount = of(amountMinor - dueMinor);
    if (amount === 0) return null;
    const sent = { saleId, accountId, amount, currency, group: checkoutId ?? "", again };
    return (await gateway.createSaleTransfer(sent)).transferId;
  }
  const feeId = await feeIdOf(gateway, sale);
  const back = { feeId, saleId, amount: of(takenMinor - dueMinor), again };
  return (await gateway.returnFeePart(back)).feeRefundId;
}

/** A charge names the fee that was taken of it. */
async function feeIdOf(gateway: StripeGateway, { id, account }: Sale): Promise<string> {
  const charge = (await gateway.findObject("charge", id, account)) as StripeObjects["charge"];
  const feeId = idOf(charge?.application_fee);
  invariant(feeId, `the charge ${id} took a fee and names none`);
  return feeId;
}

/** Asks again for what Stripe refused or nobody finished; of one tenant, or of all. */
export async function resumeSales(
  ctx: Context,
  { tenantId }: { tenantId?: string | undefined } = {},
): Promise<number> {
  return transact(asSystem(ctx), "selling.resume", async (tx) => {
    const rows = await tx.sale.findMany({
      where: { settling: { in: ["waiting", "failed"] }, ...(tenantId && { tenantId }) },
      select: { id: true },
      orderBy: { createdAt: "asc" },
      take: 500,
    });
    for (const { id } of rows) {
      await enqueue(tx, "selling.settle-sale", { saleId: id }, { key: `settle:${id}` });
    }
    return rows.length;
  });
}
