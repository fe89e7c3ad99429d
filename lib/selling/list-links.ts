import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type Money, money } from "#lib/money/money";
import { whyNotSelling } from "#lib/selling/find-seller";
import { type LinkView, toLink } from "#lib/selling/link";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** A link with what was paid at it. */
export type PaidLink = LinkView & { payments: number; taken: Money };

/** The tenant's links, newest first, one page at a time. */
export async function listLinks(
  ctx: TenantContext,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Page<PaidLink> & { whyNot: string | null }> {
  requirePermission(ctx, "payments:read");
  const { tenantId } = ctx;
  return view(ctx, async (tx) => {
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    const rows = await tx.paymentLink.findMany({
      where: { tenantId, ...after(cursor) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
    });
    const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
    const links = await withPayments(tx, page.rows.map(toLink));
    return { rows: links, next: page.next, whyNot: whyNotSelling(account) };
  });
}

/** One of them. */
export async function getLink(
  ctx: TenantContext,
  { linkId: id }: { linkId: string },
): Promise<PaidLink & { whyNot: string | null }> {
  requirePermission(ctx, "payments:read");
  const { tenantId } = ctx;
  return view(ctx, async (tx) => {
    const row = await tx.paymentLink.findFirst({ where: { id, tenantId } });
    if (!row) throw new Refusal("not_found", "There is no such payment link.");
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    const [link] = await withPayments(tx, [toLink(row)]);
    return { ...link!, whyNot: whyNotSelling(account) };
  });
}

/** Newest first, so what comes after is older. */
export function after(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

async function withPayments(tx: Tx, links: readonly LinkView[]): Promise<PaidLink[]> {
  const ids = links.map(({ id }) => id);
  if (ids.length === 0) return [];
  const sums = await tx.$queryRaw<{ id: string; payments: bigint; minor: bigint }[]>`
    select link_id as id, count(*) as payments, sum(amount_minor)::bigint as minor from sales
    where status = 'succeeded' and link_id in (${Prisma.join(ids)}) group by link_id`;
  return links.map((link) => {
    const sum = sums.find(({ id }) => id === link.id);
    const taken = money(sum?.minor ?? 0n, link.currency);
    return { ...link, payments: Number(sum?.payments ?? 0n), taken };
  });
}
