import { view } from "#lib/db/transaction";
import type { Payout } from "#lib/payouts/payout";
import type { Reader } from "#lib/payouts/reader";
import type { Sum } from "#lib/payouts/sum";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { BalanceRow } from "#lib/stripe/gateway-balances";

/**
 * What had become available between the payout before and a manual one. Stripe ties a manual
 * payout to no payment, so this says what the balance was then made of, and not what was sent.
 */
export type Covering = {
  /** Since when; null: there was no payout of this currency before. */
  since: Date | null;
  rows: { id: string; category: string; sourceId: string | null; net: Sum; availableAt: Date }[];
  /** What the rows come to. */
  total: Sum;
  /** What of the payout was in the balance from before: none where the rows cover it. */
  fromBefore: Sum;
  /** There are more rows than were read. */
  isCut: boolean;
};

const longestDelayMs = 40 * 86_400_000;
const pagesRead = 3;

/** Reads it from Stripe as it has it. An outage is null: the page stands without. */
export async function readCovering(
  ctx: Reader,
  payout: Payout,
  gateway: StripeGateway,
): Promise<Covering | null> {
  const { account, amount, createdAt } = payout;
  const { currency } = amount;
  const before = await view(ctx, (tx) =>
    tx.stripePayout.findFirst({
      where: { account, currency, createdAt: { lt: createdAt } },
      ...{ orderBy: { createdAt: "desc" }, select: { createdAt: true } },
    }),
  );
  const since = before?.createdAt ?? null;
  const from = new Date((since ?? new Date(0)).getTime() - longestDelayMs);
  const window = { currency, until: createdAt, ...(since && { from }) };
  try {
    const { rows, isCut } = await readRows(gateway, account, window);
    const landed = rows.filter(({ type, availableAt }) => {
      return type !== "payout" && availableAt <= createdAt && (!since || availableAt > since);
    });
    const total = landed.reduce((sum, { net }) => sum + net, 0n);
    const short = amount.minor - total;
    return {
      ...{ since, isCut, rows: landed.map(rowOf), total: { minor: total, currency } },
      fromBefore: { minor: short > 0n ? short : 0n, currency },
    };
  } catch {
    return null;
  }
}

type Window = { currency: string; from?: Date; until: Date };

async function readRows(gateway: StripeGateway, account: string, window: Window) {
  const rows: BalanceRow[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesRead; page += 1) {
    const { rows: found, next } = await gateway.listBalanceRows(account, { ...window, after });
    rows.push(...found);
    after = next;
    if (next === null) break;
  }
  return { rows, isCut: after !== null };
}

function rowOf({ id, category, sourceId, net, currency, availableAt }: BalanceRow) {
  return { id, category, sourceId, net: { minor: net, currency }, availableAt };
}
