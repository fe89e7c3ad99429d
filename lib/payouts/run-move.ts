import { Refusal } from "#lib/errors";
import { carryOutMove } from "#lib/payouts/carry-out-move";
import type { MoneyMoveView, MoveKind } from "#lib/payouts/money-move";
import { findMoveOf, type Mover, type NewMove, recordMove } from "#lib/payouts/record-move";
import type { StripeGateway } from "#lib/stripe/gateway";
import { makeOrFind } from "#lib/stripe/idempotency";

type Asked<Kind extends MoveKind> = {
  key: string;
  kind: Kind;
  accountId: string;
  objectId?: string;
};

/**
 * Decides and does one move. `decide` looks at Stripe and refuses what cannot be; it is left out
 * where the same move was asked for before, whose end is the answer. What Stripe refuses in the end
 * is a refusal too, and stays written down.
 */
export async function runMove<Kind extends MoveKind>(
  ctx: Mover,
  gateway: StripeGateway,
  asked: Asked<Kind>,
  decide: () => Promise<Pick<NewMove<Kind>, "amount" | "reason" | "ask">>,
): Promise<MoneyMoveView> {
  const move = await makeOrFind(
    async () => recordMove(ctx, { ...asked, ...(await decide()) }),
    () => findMoveOf(ctx, asked),
  );
  const ended =
    move.status === "requested" ? await carryOutMove(ctx, { moveId: move.id }, gateway) : move;
  if (ended.status === "failed") throw new Refusal("conflict", ended.error!);
  return ended;
}
