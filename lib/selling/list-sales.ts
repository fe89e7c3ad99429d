import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { toDecimal } from "#lib/money/format-money";
import type { SaleFilter, SaleQuery } from "#lib/selling/input";
import type { KeptWhy } from "#lib/selling/keep-sale";
import { readSales } from "#lib/selling/read-sales";
import { type RefundView, toRefund } from "#lib/selling/refund";
import { readRefundStanding } from "#lib/selling/refund-standing";
import type { SaleView } from "#lib/selling/sale";
import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** The tenant's payments, newest first, one page at a time. */
export async function listSales(
  ctx: TenantContext,
  { cursor, ...filter }: SaleQuery = {},
): Promise<Page<SaleView>> {
  requirePermission(ctx, "payments:read");
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const where = { ...filter, tenantId: ctx.tenantId };
  const rows = await view(ctx, (tx) => readSales(tx, where, { after, take: pageSize + 1 }));
  return toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** One payment whole: why its fee is what it is, and what was given back. */
export type SaleDetail = SaleView & {
  /** Null where it was made elsewhere: then the fee is what was taken. */
  why: KeptWhy | null;
  /** The number of the policy that was asked. */
  policyNumber: number | null;
  /** What the fee was when it was paid, before anything was given back. */
  due: SaleView["gross"];
  /** What Stripe was asked to take before the payer had chosen how to pay. */
  taken: SaleView["gross"];
  settling: "done" | "waiting" | "failed";
  left: SaleView["gross"];
  refunds: RefundView[];
  receiptUrl: string | null;
};

/** One payment of the tenant's, with why its fee is what it is. */
export async function getSale(
  ctx: TenantContext,
  { saleId }: { saleId: string },
): Promise<SaleDetail> {
  requirePermission(ctx, "payments:read");
  const { tenantId } = ctx;
  // The number of a policy is the platform's to say, so it is read with the system's reach.
  return view(asSystem(ctx), async (tx) => {
    const [found] = await readSales(tx, { tenantId, id: saleId }, { after: null, take: 1 });
    if (!found) throw new Refusal("not_found", "There is no such payment.");
    const { sale, refunds, left } = await readRefundStanding(tx, { saleId, tenantId });
    const policy =
      sale.feePolicyId && (await tx.feePolicy.findUnique({ where: { id: sale.feePolicyId } }));
    const charge = await tx.stripeCharge.findUnique({
      where: { account_id: { account: sale.account, id: saleId } },
      select: { object: true },
    });
    const why = sale.why as KeptWhy | Record<string, never>;
    const of = (minor: bigint) => ({ minor, currency: found.gross.currency });
    return {
      ...found,
      why: "steps" in why ? (why as KeptWhy) : null,
      policyNumber: policy ? policy.number : null,
      ...{
        due: of(sale.dueMinor),
        taken: of(sale.takenMinor),
        settling: sale.settling,
        left: of(left),
      },
      refunds: refunds.map(toRefund),
      receiptUrl: (charge?.object as { receipt_url?: string | null })?.receipt_url ?? null,
    };
  });
}

const head = [
  ...["id", "time", "status", "currency", "gross", "platform_fee", "stripe_fee", "refunded"],
  ...["net", "payout", "customer", "link", "method", "country"],
];
const rowsAtOnce = 500;

/** What the list shows under the same filters, all of it, as CSV in pieces. */
export async function exportSales(
  ctx: TenantContext,
  filter: SaleFilter,
): Promise<AsyncIterable<string>> {
  requirePermission(ctx, "payments:read");
  const where = { ...filter, tenantId: ctx.tenantId };
  return pieces((after) => view(ctx, (tx) => readSales(tx, where, { after, take: rowsAtOnce })));
}

type After = { at: Date; id: string } | null;

async function* pieces(read: (after: After) => Promise<SaleView[]>): AsyncGenerator<string> {
  yield lineOf(head);
  for (let after: After = null; ; ) {
    const rows = await read(after);
    if (rows.length > 0) yield rows.map((row) => lineOf(cellsOf(row))).join("");
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = { at: last.createdAt, id: last.id };
  }
}

function cellsOf({ gross, fee, stripeFee, refunded, net, ...sale }: SaleView): string[] {
  return [
    ...[sale.id, sale.createdAt.toISOString(), sale.state, gross.currency.toUpperCase()],
    ...[gross, fee, stripeFee, refunded, net].map((one) => (one ? toDecimal(one) : "")),
    ...[sale.payoutId, sale.customer?.email, sale.link?.name, sale.method, sale.country].map(
      (cell) => cell ?? "",
    ),
  ];
}

/** A cell that a spreadsheet would take for a formula begins with a quote. */
function lineOf(cells: readonly string[]): string {
  const safe = cells.map((cell) =>
    /^[=+\-@\t\r]/.test(cell) && !isNumber(cell) ? `'${cell}` : cell,
  );
  return `${safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`;
}

const isNumber = (cell: string) => /^-?\d+(\.\d+)?$/.test(cell);
