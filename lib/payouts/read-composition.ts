import type { Tx } from "#lib/db/client";
import { kindOf, type PartKind, partKinds } from "#lib/payouts/part";
import type { Sum } from "#lib/payouts/sum";
import type { PayoutKey } from "#lib/payouts/trace-payout";

/** What one kind of parts comes to before fees, and how many they are. */
export type CompositionLine = { kind: PartKind; count: number; amount: Sum };
/** What a payout is made of: the lines and the fees add up to `total`. */
export type Composition = {
  lines: CompositionLine[];
  /** What was taken off the parts: by Stripe, by the platform, and as tax or passed on. */
  fees: { stripe: Sum; platform: Sum; other: Sum };
  total: Sum;
  count: number;
  /** What of the payout the parts do not explain. Nothing, where they add up. */
  missing: Sum;
  /** When all of it was read; null: it is being read. */
  readAt: Date | null;
};

type Row = {
  category: string;
  count: bigint;
  amount: bigint;
  fee: bigint;
  stripeFee: bigint;
  applicationFee: bigint;
};

/** Sums up what was read of a payout; null where nothing of it was read. */
export async function readComposition(
  tx: Tx,
  { account, payoutId }: PayoutKey,
): Promise<Composition | null> {
  const trace = await tx.payoutTrace.findUnique({
    where: { account_payoutId: { account, payoutId } },
  });
  if (!trace) return null;
  const rows = await tx.$queryRaw<Row[]>`
    select category, count(*) as count, sum(amount_minor)::bigint as amount,
      sum(fee_minor)::bigint as fee, sum(stripe_fee_minor)::bigint as "stripeFee",
      sum(application_fee_minor)::bigint as "applicationFee"
    from payout_parts where account = ${account} and payout_id = ${payoutId} group by category`;
  const { currency, payoutMinor, readAt } = trace;
  const sum = (minor: bigint): Sum => ({ minor, currency });
  const total = rows.reduce((all, { amount, fee }) => all + amount - fee, 0n);
  return {
    ...{ lines: linesOf(rows, sum), fees: feesOf(rows, sum), total: sum(total), readAt },
    count: rows.reduce((all, { count }) => all + Number(count), 0),
    missing: sum(payoutMinor - total),
  };
}

function linesOf(rows: readonly Row[], sum: (minor: bigint) => Sum): CompositionLine[] {
  return partKinds.flatMap((kind) => {
    const of = rows.filter(({ category }) => kindOf(category) === kind);
    if (of.length === 0) return [];
    const count = of.reduce((all, row) => all + Number(row.count), 0);
    return [{ kind, count, amount: sum(of.reduce((all, { amount }) => all + amount, 0n)) }];
  });
}

function feesOf(rows: readonly Row[], sum: (minor: bigint) => Sum): Composition["fees"] {
  const all = (of: (row: Row) => bigint) => rows.reduce((total, row) => total + of(row), 0n);
  const [stripe, platform] = [all((row) => row.stripeFee), all((row) => row.applicationFee)];
  return {
    ...{ stripe: sum(-stripe), platform: sum(-platform) },
    other: sum(stripe + platform - all((row) => row.fee)),
  };
}
