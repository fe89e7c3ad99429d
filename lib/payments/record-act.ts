import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { Money } from "#lib/money/money";
import { type ActKind, type ActRequests, type MoneyActView, toAct } from "#lib/payments/money-act";
import type { PlatformContext } from "#lib/tenancy/context";

export type NewAct<Kind extends ActKind> = {
  /** Chosen by who asks; the same again is the same act. */
  key: string;
  kind: Kind;
  tenantId: string;
  invoiceId?: string;
  amount?: Money;
  reason: string;
  ask: ActRequests[Kind];
};

/** The act that was asked for under this key before, by the same person for the same thing. */
export async function findActOf(
  ctx: PlatformContext,
  asked: { key: string; kind: ActKind; about: string },
): Promise<MoneyActView | null> {
  const row = await view(ctx, (tx) => tx.moneyAct.findUnique({ where: { key: asked.key } }));
  if (!row) return null;
  const isSame = row.kind === asked.kind && row.requestedById === ctx.userId;
  if (isSame && (row.invoiceId ?? row.tenantId) === asked.about) return toAct(row);
  throw new Refusal("conflict", "This key was used for something else; open the page anew.", {
    field: "key",
  });
}

const graceMs = 15_000;

/**
 * Writes down what is to be done, and has a job do it should this process die before it has. Of one
 * invoice one act is under way at a time.
 */
export async function recordAct<Kind extends ActKind>(
  ctx: PlatformContext,
  act: NewAct<Kind>,
): Promise<MoneyActView> {
  const { key, kind, tenantId, invoiceId, amount, reason, ask } = act;
  const requestedAt = ctx.now();
  const id = newId("moneyAct", requestedAt);
  try {
    return await transact(ctx, `payments.${kind.replaceAll("_", "-")}`, async (tx) => {
      const row = await tx.moneyAct.create({
        data: {
          ...{ id, key, kind, tenantId, reason, requestedAt, status: "requested" },
          ...{ request: { ask, round: 0 }, requestedById: ctx.userId },
          ...(invoiceId && { invoiceId }),
          ...(amount && { amountMinor: amount.minor, currency: amount.currency }),
        },
      });
      // Whoever asked does it at once; the job is for the case that they die over it.
      const runAt = new Date(requestedAt.getTime() + graceMs);
      await enqueue(tx, "payments.carry-out-act", { actId: id }, { key: `act:${id}`, runAt });
      return toAct(row);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const same = await findActOf(ctx, { key, kind, about: invoiceId ?? tenantId });
    if (same) return same;
    throw new Refusal(
      "conflict",
      "Somebody else is doing something with this invoice right now. See what came of it first.",
    );
  }
}
