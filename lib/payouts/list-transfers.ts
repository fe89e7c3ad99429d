import { z } from "zod";
import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { payoutsOf } from "#lib/payouts/ends";
import { tenantFilter } from "#lib/payouts/list-payouts";
import type { Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const movedQuery = z.object({
  /** A tenant's id, slug or name. */
  tenant: z.string().trim().max(100).optional(),
  currency: z.string().trim().toLowerCase().max(3).optional(),
  /** What became of it: all of it stands, or some or all went back. */
  state: z.enum(["whole", "partly", "back"]).optional(),
  cursor: z.string().max(200).optional(),
});
export type MovedQuery = z.output<typeof movedQuery>;

/** Money that went between the platform and an account: both ends of it. */
export type Moved = {
  id: string;
  amount: Sum;
  /** What of it went back. */
  returned: Sum;
  createdAt: Date;
  tenant: { id: string; name: string } | null;
  accountId: string | null;
  /** The charge that it is of, where it is of one. */
  chargeId: string | null;
  /** What it is in the account: the payment that arrived, or the charge the fee is of. */
  thereId: string | null;
  /** The payouts that took each end along. */
  ourPayoutId: string | null;
  theirPayoutId: string | null;
};

/** Transfers to accounts, the newest first. */
export async function listTransfers(
  ctx: PlatformContext,
  query: MovedQuery = {},
): Promise<Page<Moved>> {
  requirePlatform(ctx, "payouts:read");
  return view(ctx, async (tx) => {
    const filters = await filtersOf(tx, query);
    const rows = await tx.stripeTransfer.findMany({
      where: { AND: [...filters, stateOf(query.state, "amountReversedMinor")], isDeleted: false },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const found = rows.map((row): Moved => {
      const object = row.object as unknown as StripeObjects["transfer"];
      const sum = (minor: bigint | null): Sum => ({ minor: minor ?? 0n, currency: row.currency! });
      return {
        ...{ id: row.id, amount: sum(row.amountMinor), returned: sum(row.amountReversedMinor) },
        ...{ createdAt: row.createdAt!, tenant: tenantOf(row.tenantId) },
        ...{ accountId: row.destination, chargeId: row.sourceTransactionId },
        thereId: idOf(object.destination_payment),
        ...{ ourPayoutId: null, theirPayoutId: null },
      };
    });
    return withEnds(tx, found);
  });
}

/** The platform's fees, the newest first. */
export async function listFees(ctx: PlatformContext, query: MovedQuery = {}): Promise<Page<Moved>> {
  requirePlatform(ctx, "payouts:read");
  return view(ctx, async (tx) => {
    const filters = await filtersOf(tx, query);
    const rows = await tx.stripeApplicationFee.findMany({
      where: { AND: [...filters, stateOf(query.state, "amountRefundedMinor")], isDeleted: false },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const found = rows.map((row): Moved => {
      const object = row.object as unknown as StripeObjects["application_fee"];
      const sum = (minor: bigint | null): Sum => ({ minor: minor ?? 0n, currency: row.currency! });
      return {
        ...{ id: row.id, amount: sum(row.amountMinor), returned: sum(row.amountRefundedMinor) },
        ...{ createdAt: row.createdAt!, tenant: tenantOf(row.tenantId), accountId: row.payer },
        ...{ chargeId: idOf(object.originating_transaction), thereId: row.chargeId },
        ...{ ourPayoutId: null, theirPayoutId: null },
      };
    });
    return withEnds(tx, found);
  });
}

const tenantOf = (id: string | null) => (id === null ? null : { id, name: id });

/** Cuts the page, names the tenants and finds the payouts at both ends. */
async function withEnds(tx: Tx, found: readonly Moved[]): Promise<Page<Moved>> {
  const page = toPage(found, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  const ids = page.rows.flatMap(({ tenant }) => tenant?.id ?? []);
  const tenants = await tx.tenant.findMany({ where: { id: { in: ids } } });
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  const ends = await payoutsOf(tx, [
    ...page.rows.map(({ id }) => ({ account: "", sourceId: id })),
    ...page.rows.map((row) => ({ account: row.accountId ?? "", sourceId: row.thereId ?? "" })),
  ]);
  const rows = page.rows.map((row) => ({
    ...row,
    tenant: row.tenant && { ...row.tenant, name: names.get(row.tenant.id) ?? row.tenant.id },
    ourPayoutId: ends.get(` ${row.id}`) ?? null,
    theirPayoutId: ends.get(`${row.accountId} ${row.thereId}`) ?? null,
  }));
  return { ...page, rows };
}

type Returned = "amountReversedMinor" | "amountRefundedMinor";
type State = NonNullable<MovedQuery["state"]>;

/** What went back is compared with the amount beside it. */
function stateOf(state: State | undefined, column: Returned) {
  if (!state) return {};
  if (state === "whole") return { [column]: 0n };
  const name = column === "amountReversedMinor" ? "reversed" : "refunded";
  const isBack = { object: { path: [name], equals: state === "back" } };
  return state === "back" ? isBack : { AND: [{ [column]: { gt: 0n } }, isBack] };
}

type Filter = Prisma.StripeTransferWhereInput & Prisma.StripeApplicationFeeWhereInput;

async function filtersOf(tx: Tx, { tenant, currency, cursor }: MovedQuery): Promise<Filter[]> {
  const filters: Filter[] = [];
  if (tenant) filters.push((await tenantFilter(tx, tenant)) as Filter);
  if (currency) filters.push({ currency });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ createdAt: { lte: at } });
    filters.push({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] });
  }
  return filters;
}
