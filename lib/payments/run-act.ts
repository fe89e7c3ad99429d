import { Refusal } from "#lib/errors";
import { carryOutAct } from "#lib/payments/carry-out-act";
import type { ActKind, MoneyActView } from "#lib/payments/money-act";
import { findActOf, type NewAct, recordAct } from "#lib/payments/record-act";
import type { StripeGateway } from "#lib/stripe/gateway";
import { makeOrFind } from "#lib/stripe/idempotency";
import type { PlatformContext } from "#lib/tenancy/context";

type Asked<Kind extends ActKind> = { key: string; kind: Kind; about: string };

/**
 * Decides and does one act. `decide` looks at Stripe and refuses what cannot be; it is left out
 * where the same act was asked for before, whose end is the answer. What Stripe refuses in the end
 * is a refusal too, and stays written down.
 */
export async function runAct<Kind extends ActKind>(
  ctx: PlatformContext,
  gateway: StripeGateway,
  asked: Asked<Kind>,
  decide: () => Promise<Omit<NewAct<Kind>, "key" | "kind">>,
): Promise<MoneyActView> {
  const { key, kind } = asked;
  const act = await makeOrFind(
    async () => recordAct(ctx, { key, kind, ...(await decide()) }),
    () => findActOf(ctx, asked),
  );
  const ended =
    act.status === "requested" ? await carryOutAct(ctx, { actId: act.id }, gateway) : act;
  if (ended.status === "failed") throw new Refusal("conflict", ended.error!);
  return ended;
}
