import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { kindOfId, type NodeKind, nodeKinds, type TraceNode } from "#lib/trace/node";
import { keysAsRows, readKind, rowOf, type Whose } from "#lib/trace/read-nodes";

/** What is looked for, and where and as what, if that is known. */
export type Wanted = { readonly id: string; readonly scope?: string; readonly kind?: NodeKind };

const startsAtMost = 10;

/**
 * Everything that an id names, wherever it is: Stripe's ids by how they begin, entries by their
 * number or reference, what a bank calls a payout, and usage by its sender's own key; among all
 * tenants, by `tenant/key`.
 */
export async function findStarts(
  tx: Tx,
  whose: Whose,
  { id, scope, kind }: Wanted,
  mayShow: (kind: NodeKind) => boolean,
): Promise<TraceNode[]> {
  const kinds = (kind ? [kind] : kindsOf(id)).filter(mayShow);
  const found: TraceNode[] = [];
  for (const one of kinds) {
    const wanted = await wantedOf(tx, whose, one, { id, ...(scope !== undefined && { scope }) });
    if (wanted) found.push(...(await readKind(tx, whose, one, wanted)));
    if (found.length >= startsAtMost) break;
  }
  return found.slice(0, startsAtMost);
}

/** What an id may be of, the likeliest first. */
function kindsOf(id: string): NodeKind[] {
  const named = kindOfId(id);
  const isEntry = /^\d{1,18}$/.test(id) || /^[a-z_]+:/.test(id);
  return [
    ...(named ? [named] : []),
    ...(isEntry ? (["entry"] as const) : []),
    "bank",
    "usage_event",
  ];
}

async function wantedOf(
  tx: Tx,
  whose: Whose,
  kind: NodeKind,
  { id, scope }: { id: string; scope?: string },
): Promise<Prisma.Sql | null> {
  if (nodeKinds[kind].stage === "usage" && scope === undefined && whose.tenantId === undefined) {
    return kind === "usage_event" ? usageNamed(tx, id) : flushNamed(tx, id);
  }
  const places = scope === undefined ? placesOf(kind, whose) : Prisma.sql`select ${scope} as scope`;
  if (kind !== "entry" || /^\d{1,18}$/.test(id)) {
    const { num } = rowOf({ scope: "", id });
    return Prisma.sql`select s.scope, ${id}::text as id, ${num}::bigint as num from (${places}) s`;
  }
  const rows = await tx.$queryRaw<{ scope: string; id: string }[]>`
    select b.key as scope, e.id::text as id from (${places}) s
      join ledger_books b on b.key = s.scope
      join ledger_entries e on e.book_id = b.id and e.reference = ${id} limit ${startsAtMost}`;
  if (rows.length === 0) return null;
  return keysAsRows(rows);
}

/**
 * A sender's own key is its own alone, and every tenant may use the same. Among all of them it is
 * named with its tenant before it, `acme/order-1`: nobody looks into each tenant in turn.
 */
async function usageNamed(tx: Tx, id: string): Promise<Prisma.Sql | null> {
  const [name, key] = [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];
  if (!id.includes("/")) return null;
  const where = { OR: [{ id: name }, { slug: name }] };
  const tenant = await tx.tenant.findFirst({ where, select: { id: true } });
  return tenant && keysAsRows([{ scope: tenant.id, id: key }]);
}

async function flushNamed(tx: Tx, id: string): Promise<Prisma.Sql | null> {
  const flush = await tx.usageFlush.findUnique({ where: { id }, select: { tenantId: true } });
  return flush && keysAsRows([{ scope: flush.tenantId, id }]);
}

/** Where things of a kind may be: every account, tenant or book that may be seen. */
function placesOf(kind: NodeKind, { tenantId }: Whose): Prisma.Sql {
  const mine = tenantId === undefined ? Prisma.sql`true` : Prisma.sql`tenant_id = ${tenantId}`;
  if (nodeKinds[kind].stage === "usage") {
    return Prisma.sql`select ${tenantId ?? ""}::text as scope`;
  }
  if (kind === "entry") return Prisma.sql`select key as scope from ledger_books where ${mine}`;
  return Prisma.sql`select '' as scope
    union all select account_id from connected_accounts where account_id is not null and ${mine}`;
}
