import type { Context } from "#lib/context";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { convergeNow, type Target } from "#lib/events/converge-now";
import {
  type KeptRequest,
  type MoneyMoveView,
  type MoveKind,
  type MoveRequests,
  toMove,
} from "#lib/payouts/money-move";
import { wordsOf } from "#lib/payouts/stripe-no";
import { isStripesNo, StripeFailed } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { mayBeForgotten } from "#lib/stripe/idempotency";
import { asSystem } from "#lib/tenancy/as-system";

type Done = { stripeId: string; fee?: number | null };
/** `since`: when it was decided, with room for clocks that differ. */
type Try = { moveId: string; round: number; since: Date };
type Moves = {
  [Kind in MoveKind]: {
    do(gateway: StripeGateway, ask: MoveRequests[Kind], attempt: Try): Promise<Done>;
    /** What an earlier try made though its answer was lost. */
    find(gateway: StripeGateway, ask: MoveRequests[Kind], attempt: Try): Promise<string | null>;
    /** What to look at anew at Stripe once it is done. */
    about(ask: MoveRequests[Kind], stripeId: string): Target;
  };
};

const reversal: Moves["transfer_reversal"] = {
  do: async (gateway, ask, attempt) => ({
    stripeId: await gateway.createTransferReversal({ ...ask, ...attempt }),
  }),
  find: (gateway, { transferId }, { moveId }) =>
    gateway.findTransferReversalOf({ transferId, moveId }),
  about: ({ transferId }) => ({ objectType: "transfer", objectId: transferId }),
};
const debit: Moves["account_debit"] = {
  do: async (gateway, ask, attempt) => ({
    stripeId: await gateway.debitAccount({ ...ask, ...attempt }),
  }),
  find: (gateway, _ask, { moveId, since }) => gateway.findDebitOf({ moveId, since }),
  about: (_ask, objectId) => ({ objectType: "charge", objectId }),
};

/** How each kind is carried out. */
const moves: Moves = {
  payout: {
    do: async (gateway, ask, attempt) => {
      const { payoutId, fee } = await gateway.createPayout({ ...ask, ...attempt });
      return { stripeId: payoutId, fee };
    },
    find: (gateway, { accountId }, { moveId, since }) =>
      gateway.findPayoutOf({ accountId, moveId, since }),
    about: ({ accountId }, objectId) => ({ account: accountId, objectType: "payout", objectId }),
  },
  payout_cancel: {
    do: async (gateway, ask, attempt) => {
      await gateway.cancelPayout({ ...ask, ...attempt });
      return { stripeId: ask.payoutId };
    },
    find: async (gateway, ask) =>
      (await gateway.readPayoutStatus(ask)) === "canceled" ? ask.payoutId : null,
    about: ({ accountId }, objectId) => ({ account: accountId, objectType: "payout", objectId }),
  },
  transfer: {
    do: async (gateway, ask, attempt) => ({
      stripeId: await gateway.createTransfer({ ...ask, ...attempt }),
    }),
    find: (gateway, { accountId }, { moveId, since }) =>
      gateway.findTransferOf({ accountId, moveId, since }),
    about: (_ask, objectId) => ({ objectType: "transfer", objectId }),
  },
  transfer_reversal: reversal,
  loss_reversal: reversal,
  fee_refund: {
    do: async (gateway, ask, attempt) => ({
      stripeId: await gateway.createFeeRefund({ ...ask, ...attempt }),
    }),
    find: (gateway, { feeId }, { moveId }) => gateway.findFeeRefundOf({ feeId, moveId }),
    about: ({ feeId }) => ({ objectType: "application_fee", objectId: feeId }),
  },
  topup: {
    do: async (gateway, ask, attempt) => ({
      stripeId: await gateway.createTopup({ ...ask, ...attempt }),
    }),
    find: (gateway, _ask, { moveId, since }) => gateway.findTopupOf({ moveId, since }),
    about: (_ask, objectId) => ({ objectType: "topup", objectId }),
  },
  topup_cancel: {
    do: async (gateway, ask, attempt) => {
      await gateway.cancelTopup({ ...ask, ...attempt });
      return { stripeId: ask.topupId };
    },
    find: async (gateway, ask) =>
      (await gateway.readTopupStatus(ask)) === "canceled" ? ask.topupId : null,
    about: (_ask, objectId) => ({ objectType: "topup", objectId }),
  },
  account_debit: debit,
  loss_debit: debit,
};

const clocksDifferMs = 3_600_000;

/**
 * Does at Stripe what was decided, once, however often it is run: the same words, the same key, and
 * where Stripe may have forgotten the key it is asked first what there is. What Stripe refuses has
 * failed for good, in words. An outage is thrown, and the job comes again.
 */
export async function carryOutMove(
  ctx: Context,
  { moveId }: { moveId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  const system = asSystem(ctx);
  const read = () =>
    view(system, (tx) => tx.moneyMove.findUniqueOrThrow({ where: { id: moveId } }));
  const row = await read();
  if (row.status !== "requested") return toMove(row);
  const kept = row.request as unknown as KeptRequest;
  try {
    const since = new Date(row.requestedAt.getTime() - clocksDifferMs);
    const { round } = kept;
    const looks = mayBeForgotten({ ...row, round }, ctx.now());
    const attempt = { moveId, round, since };
    const { stripeId, fee } = await perform(gateway, row.kind, kept, attempt, looks);
    const feeMinor = typeof fee === "number" ? BigInt(fee) : null;
    await finish(system, moveId, { status: "done", stripeId, feeMinor });
    const { about } = moves[row.kind] as Moves["payout"];
    await convergeNow(ctx, [about(kept.ask as PayoutAsk, stripeId)]);
  } catch (error) {
    if (isStripesNo(error)) {
      await finish(system, moveId, { status: "failed", error: wordsOf(error) });
    } else {
      if (error instanceof StripeFailed) await beginAnew(system, moveId, kept);
      throw error;
    }
  }
  return toMove(await read());
}

type PayoutAsk = MoveRequests["payout"];

async function perform<Kind extends MoveKind>(
  gateway: StripeGateway,
  kind: Kind,
  { ask }: KeptRequest,
  attempt: Try,
  looks: boolean,
): Promise<Done> {
  const move = moves[kind];
  const words = ask as MoveRequests[Kind];
  const found = looks ? await move.find(gateway, words, attempt) : null;
  return found ? { stripeId: found } : move.do(gateway, words, attempt);
}

type End =
  | { status: "done"; stripeId: string; feeMinor: bigint | null }
  | { status: "failed"; error: string };

/** Compare-and-set: of two that carried it out at once one writes it down. */
async function finish(system: Context, id: string, end: End): Promise<void> {
  await transact(system, `payouts.move-${end.status}`, (tx) =>
    tx.moneyMove.updateMany({
      where: { id, status: "requested" },
      data: { ...end, finishedAt: system.now() },
    }),
  );
}

async function beginAnew(system: Context, id: string, kept: KeptRequest): Promise<void> {
  const request = { ...kept, round: kept.round + 1 } as unknown as Prisma.InputJsonValue;
  await transact(system, "payouts.begin-move-anew", (tx) =>
    tx.moneyMove.updateMany({ where: { id, status: "requested" }, data: { request } }),
  );
}
