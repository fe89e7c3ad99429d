import { z } from "zod";
import { csvLine } from "#lib/csv";
import type { Tx } from "#lib/db/client";
import type { PayoutPart, Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { findPayoutFor } from "#lib/payouts/find-payout";
import { kindOf, kindOfCategory, type PartKind, partKinds } from "#lib/payouts/part";
import type { Reader } from "#lib/payouts/reader";
import { decimalOf, type Sum } from "#lib/payouts/sum";

export const partsFilter = z.object({ kind: z.enum(partKinds).optional() });
export const partsQuery = partsFilter.extend({ cursor: z.string().max(200).optional() });
export type PartsQuery = z.output<typeof partsQuery>;

/** One thing a payout took along. */
export type Part = {
  id: string;
  kind: PartKind;
  /** Stripe's words for it. */
  type: string;
  category: string;
  /** The charge, refund, dispute, transfer or fee. */
  sourceId: string | null;
  /** The payment it is about, where it is about one. */
  chargeId: string | null;
  description: string | null;
  amount: Sum;
  fees: { stripe: Sum; platform: Sum; other: Sum };
  net: Sum;
  createdAt: Date;
  availableAt: Date;
};
type Asked = { payoutId: string; account?: string | undefined };

/** What a payout took along, the newest first, a page at a time. */
export async function listParts(
  ctx: Reader,
  { payoutId, account, cursor, kind }: Asked & PartsQuery,
): Promise<Page<Part>> {
  const payout = await findPayoutFor(ctx, { payoutId, account });
  const from = cursor ? decodeCursor(cursor) : undefined;
  const rows = await read(ctx, payout, { kind, from, take: pageSize + 1 });
  return toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
}

const rowsAtOnce = 500;

/** The same, all of it, as CSV in pieces: amounts as plain decimals, instants in UTC. */
export async function exportParts(
  ctx: Reader,
  { payoutId, account, kind }: Asked & z.output<typeof partsFilter>,
): Promise<AsyncIterable<string>> {
  const payout = await findPayoutFor(ctx, { payoutId, account });
  return pieces();

  async function* pieces() {
    yield csvLine(head);
    for (let from: From; ; ) {
      const rows: Part[] = await read(ctx, payout, { kind, from, take: rowsAtOnce });
      yield rows.map((row) => csvLine(cellsOf(row, payout.id))).join("");
      const last = rows.at(-1);
      if (rows.length < rowsAtOnce || !last) return;
      from = { at: last.createdAt, id: last.id };
    }
  }
}

const head = [
  ...["payout", "balance_transaction", "kind", "category", "source", "payment", "description"],
  ...["currency", "amount", "stripe_fee", "platform_fee", "other_fee", "net"],
  ...["created_at", "available_at"],
];

function cellsOf(part: Part, payoutId: string): string[] {
  const { fees, amount, net } = part;
  return [
    ...[payoutId, part.id, part.kind, part.category, part.sourceId ?? "", part.chargeId ?? ""],
    ...[part.description ?? "", amount.currency.toUpperCase()],
    ...[amount, fees.stripe, fees.platform, fees.other, net].map(decimalOf),
    ...[part.createdAt.toISOString(), part.availableAt.toISOString()],
  ];
}

type From = { at: Date; id: string } | undefined;
type Window = { kind?: PartKind | undefined; from: From; take: number };

function read(
  ctx: Reader,
  { account, id: payoutId }: { account: string; id: string },
  { kind, from, take }: Window,
): Promise<Part[]> {
  const filters: Prisma.PayoutPartWhereInput[] = [{ account, payoutId }];
  if (kind) filters.push(categoriesOf(kind));
  if (from) {
    filters.push({ createdAt: { lte: from.at } });
    filters.push({
      OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }],
    });
  }
  return view(ctx, async (tx) => {
    const rows = await tx.payoutPart.findMany({
      where: { AND: filters },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take },
    });
    const charges = await chargesOf(tx, account, rows);
    return rows.map((row) => toPart(row, charges.get(row.sourceId ?? "") ?? null));
  });
}

function categoriesOf(kind: PartKind): Prisma.PayoutPartWhereInput {
  if (kind === "other") return { category: { notIn: Object.keys(kindOfCategory) } };
  const names = Object.entries(kindOfCategory).filter(([, of]) => of === kind);
  return { category: { in: names.map(([name]) => name) } };
}

/** The payment behind each source: itself, or what was refunded or disputed. */
async function chargesOf(
  tx: Tx,
  account: string,
  rows: readonly PayoutPart[],
): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ sourceId }) => sourceId ?? []);
  const where = { account, id: { in: ids }, chargeId: { not: null } };
  const select = { id: true, chargeId: true };
  const refunds = await tx.stripeRefund.findMany({ where, select });
  const disputes = await tx.stripeDispute.findMany({ where, select });
  const own = ids.filter((id) => /^(ch|py)_/.test(id)).map((id) => [id, id] as const);
  const behind = [...refunds, ...disputes].map(({ id, chargeId }) => [id, chargeId!] as const);
  return new Map([...own, ...behind]);
}

export function toPart(row: PayoutPart, chargeId: string | null): Part {
  const { id, type, category, sourceId, description, currency, createdAt, availableAt } = row;
  const sum = (minor: bigint): Sum => ({ minor, currency });
  return {
    ...{ id, kind: kindOf(category), type, category, sourceId, chargeId, description },
    ...{ amount: sum(row.amountMinor), net: sum(row.netMinor), createdAt, availableAt },
    fees: {
      stripe: sum(row.stripeFeeMinor),
      platform: sum(row.applicationFeeMinor),
      other: sum(row.feeMinor - row.stripeFeeMinor - row.applicationFeeMinor),
    },
  };
}
