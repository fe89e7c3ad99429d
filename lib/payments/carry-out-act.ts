import type { Context } from "#lib/context";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { convergeNow } from "#lib/events/converge-now";
import {
  type ActKind,
  type ActRequests,
  type KeptRequest,
  type MoneyActView,
  toAct,
} from "#lib/payments/money-act";
import { wordsOf } from "#lib/payments/stripe-no";
import { isStripesNo, StripeFailed } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { mayBeForgotten } from "#lib/stripe/idempotency";
import { asSystem } from "#lib/tenancy/as-system";

type Target = { objectType: string; objectId: string };
type Done = { stripeId: string | null; targets: Target[] };
type Try = { actId: string; round: number };
type Acts = {
  [Kind in ActKind]: {
    do(gateway: StripeGateway, ask: ActRequests[Kind], attempt: Try): Promise<Done>;
    /** What an earlier try made though its answer was lost. */
    find?(gateway: StripeGateway, ask: ActRequests[Kind], attempt: Try): Promise<string | null>;
  };
};

const invoice = (objectId: string): Target => ({ objectType: "invoice", objectId });

/** How each kind is carried out. */
const acts: Acts = {
  credit_note: {
    do: async (gateway, ask, attempt) => {
      const { creditNoteId, refundIds } = await gateway.createCreditNote({ ...ask, ...attempt });
      const refunds = refundIds.map((objectId) => ({ objectType: "refund", objectId }));
      const note = { objectType: "credit_note", objectId: creditNoteId };
      return { stripeId: creditNoteId, targets: [note, ...refunds, invoice(ask.invoiceId)] };
    },
    find: (gateway, ask, attempt) => gateway.findCreditNoteOf({ ...ask, ...attempt }),
  },
  refund: {
    do: async (gateway, ask, attempt) => {
      const { refundId, chargeId } = await gateway.createRefund({ ...ask, ...attempt });
      const charge = chargeId ? [{ objectType: "charge", objectId: chargeId }] : [];
      const targets = [...charge, { objectType: "refund", objectId: refundId }];
      return { stripeId: refundId, targets };
    },
    find: (gateway, ask, attempt) => gateway.findRefundOf({ ...ask, ...attempt }),
  },
  void: {
    do: async (gateway, ask, attempt) => {
      await gateway.voidInvoice({ ...ask, ...attempt });
      return { stripeId: null, targets: [invoice(ask.invoiceId)] };
    },
    find: (gateway, ask) => endedAs(gateway, ask.invoiceId, "void"),
  },
  mark_uncollectible: {
    do: async (gateway, ask, attempt) => {
      await gateway.markInvoiceUncollectible({ ...ask, ...attempt });
      return { stripeId: null, targets: [invoice(ask.invoiceId)] };
    },
    find: (gateway, ask) => endedAs(gateway, ask.invoiceId, "uncollectible"),
  },
  adjust_balance: {
    do: async (gateway, ask, attempt) => {
      const { moveId } = await gateway.moveBalance({ ...ask, ...attempt });
      return { stripeId: moveId, targets: [] };
    },
    find: (gateway, ask, attempt) => gateway.findBalanceMoveOf({ ...ask, ...attempt }),
  },
  tax_exemption: {
    do: async (gateway, ask, attempt) => {
      await gateway.setTaxExemption({ ...ask, ...attempt });
      return { stripeId: null, targets: [] };
    },
  },
};

async function endedAs(gateway: StripeGateway, invoiceId: string, status: string) {
  const standing = await gateway.findInvoiceStanding(invoiceId);
  return standing?.status === status ? invoiceId : null;
}

/**
 * Does at Stripe what was decided, once, however often it is run: the same words, the same key,
 * and where Stripe may have forgotten the key it is asked first what there is. What Stripe refuses
 * has failed for good, in words. An outage is thrown, and the job comes again.
 */
export async function carryOutAct(
  ctx: Context,
  { actId }: { actId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  const system = asSystem(ctx);
  const row = await view(system, (tx) => tx.moneyAct.findUniqueOrThrow({ where: { id: actId } }));
  if (row.status !== "requested") return toAct(row);
  const kept = row.request as unknown as KeptRequest;
  try {
    const looks = mayBeForgotten({ ...row, round: kept.round }, ctx.now());
    const done = await perform(gateway, row.kind, kept, actId, looks);
    await finish(system, actId, { status: "done", stripeId: done.stripeId });
    await convergeNow(ctx, done.targets);
  } catch (error) {
    if (isStripesNo(error))
      await finish(system, actId, { status: "failed", error: wordsOf(error) });
    else {
      if (error instanceof StripeFailed) await beginAnew(system, actId, kept);
      throw error;
    }
  }
  return toAct(await view(system, (tx) => tx.moneyAct.findUniqueOrThrow({ where: { id: actId } })));
}

async function perform<Kind extends ActKind>(
  gateway: StripeGateway,
  kind: Kind,
  { ask, round }: KeptRequest,
  actId: string,
  looks: boolean,
): Promise<Done> {
  const act = acts[kind];
  const words = ask as ActRequests[Kind];
  const found = looks ? await act.find?.(gateway, words, { actId, round }) : undefined;
  if (found) return { stripeId: found, targets: [] };
  return act.do(gateway, words, { actId, round });
}

type End = { status: "done"; stripeId: string | null } | { status: "failed"; error: string };

/** Compare-and-set: of two that carried it out at once one writes it down. */
async function finish(system: Context, id: string, end: End): Promise<void> {
  await transact(system, `payments.act-${end.status}`, (tx) =>
    tx.moneyAct.updateMany({
      where: { id, status: "requested" },
      data: { ...end, finishedAt: system.now() },
    }),
  );
}

async function beginAnew(system: Context, id: string, kept: KeptRequest): Promise<void> {
  const request = { ...kept, round: kept.round + 1 } as unknown as Prisma.InputJsonValue;
  await transact(system, "payments.begin-act-anew", (tx) =>
    tx.moneyAct.updateMany({ where: { id, status: "requested" }, data: { request } }),
  );
}
