import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import {
  type MoneyMoveView,
  type MoveKind,
  type MoveRequests,
  toMove,
} from "#lib/payouts/money-move";
import type { Sum } from "#lib/payouts/sum";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";

/** Whoever decides about money: a workspace's people, or the platform's. */
export type Mover = TenantContext | PlatformContext;

export type NewMove<Kind extends MoveKind> = {
  /** Chosen by who asks; the same again is the same move. */
  key: string;
  kind: Kind;
  accountId: string;
  objectId?: string;
  amount?: Sum;
  reason?: string;
  ask: MoveRequests[Kind];
};
export type AskedMove = { key: string; kind: MoveKind; accountId: string; objectId?: string };

const ownerOf = (ctx: Mover) => ("tenantId" in ctx ? ctx.tenantId : null);
/** A key is its asker's: what one workspace chose means nothing to another. */
const keyOf = (ctx: Mover, key: string) => `${ownerOf(ctx) ?? "platform"}:${key}`;

/** The move that was asked for under this key before, for the same thing. */
export async function findMoveOf(ctx: Mover, asked: AskedMove): Promise<MoneyMoveView | null> {
  const key = keyOf(ctx, asked.key);
  const row = await view(ctx, (tx) => tx.moneyMove.findUnique({ where: { key } }));
  if (!row) return null;
  const isSame = row.kind === asked.kind && row.requestedById === ctx.userId;
  const isOfSame = row.accountId === asked.accountId && row.objectId === (asked.objectId ?? null);
  if (isSame && isOfSame) return toMove(row);
  throw new Refusal("conflict", "This key was used for something else; open the page anew.", {
    field: "key",
  });
}

const graceMs = 15_000;

/**
 * Writes down what is to be moved, and has a job do it should this process die before it has. Of
 * one account one move is under way at a time.
 */
export async function recordMove<Kind extends MoveKind>(
  ctx: Mover,
  move: NewMove<Kind>,
): Promise<MoneyMoveView> {
  const { key, kind, accountId, objectId, amount, reason, ask } = move;
  const requestedAt = ctx.now();
  const id = newId("moneyMove", requestedAt);
  try {
    return await transact(ctx, `payouts.${kind.replaceAll("_", "-")}`, async (tx) => {
      const row = await tx.moneyMove.create({
        data: {
          ...{ id, key: keyOf(ctx, key), kind, accountId, requestedAt, status: "requested" },
          ...{ tenantId: ownerOf(ctx), requestedById: ctx.userId, request: { ask, round: 0 } },
          ...(objectId && { objectId }),
          ...(reason && { reason }),
          ...(amount && { amountMinor: amount.minor, currency: amount.currency }),
        },
      });
      // Whoever asked does it at once; the job is for the case that they die over it.
      const runAt = new Date(requestedAt.getTime() + graceMs);
      await enqueue(tx, "payouts.carry-out-move", { moveId: id }, { key: `move:${id}`, runAt });
      return toMove(row);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const same = await findMoveOf(ctx, { key, kind, accountId, ...(objectId && { objectId }) });
    if (same) return same;
    const message =
      "Somebody else is moving money of this account right now. Look what came of it.";
    throw new Refusal("conflict", message);
  }
}
