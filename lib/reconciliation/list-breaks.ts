import type { Tx } from "#lib/db/client";
import type { Prisma, ReconciliationBreak, Resolution } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { Evidence } from "#lib/reconciliation/break";
import { causeOf } from "#lib/reconciliation/causes";
import type { BreakQuery } from "#lib/reconciliation/input";
import type { ResolutionKind } from "#lib/reconciliation/resolution";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export type BreakRow = Omit<ReconciliationBreak, "evidence"> & {
  /** Whose account it is: the tenant's name, or "Platform". */
  whose: string;
  /** Why it is so, as far as can be told, and what would mend it most simply. */
  says: string;
  mend: ResolutionKind;
};
export type ResolutionRow = Omit<Resolution, "proposedById" | "decidedById"> & {
  proposedBy: string;
  /** Whether whoever looks proposed it, so that somebody else has to agree. */
  isOwn: boolean;
  decidedBy: string | null;
  /** Whether they are two, be they of one name. */
  isByTwo: boolean;
};
export type BreakDetail = BreakRow & { evidence: Evidence; resolutions: ResolutionRow[] };

/** Breaks, the newest first. */
export async function listBreaks(
  ctx: PlatformContext,
  query: BreakQuery = { status: "open" },
): Promise<Page<BreakRow>> {
  requirePlatform(ctx, "reconciliation:read");

  return view(ctx, async (tx) => {
    const found = await tx.reconciliationBreak.findMany({
      where: { AND: filtersOf(query) },
      ...{ orderBy: [{ foundAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
      omit: { evidence: true },
    });
    const page = toPage(found, pageSize, ({ foundAt, id }) => ({ at: foundAt, id }));
    return { ...page, rows: await withWords(tx, page.rows) };
  });
}

/** One break with both sides, and what was decided about it. */
export async function getBreak(ctx: PlatformContext, id: string): Promise<BreakDetail> {
  requirePlatform(ctx, "reconciliation:read");

  return view(ctx, async (tx) => {
    const found = await tx.reconciliationBreak.findUnique({
      where: { id },
      include: { resolutions: { orderBy: { proposedAt: "desc" } } },
    });
    if (!found) throw new Refusal("not_found", "There is no such break.");
    const { evidence, resolutions, ...row } = found;
    const [worded] = await withWords(tx, [row]);
    const people = resolutions.flatMap(({ proposedById, decidedById }) =>
      decidedById ? [proposedById, decidedById] : [proposedById],
    );
    const names = await namesOf(tx, people);
    const said = resolutions.map(({ proposedById, decidedById, ...one }) => ({
      ...{ ...one, isOwn: proposedById === ctx.userId },
      proposedBy: names.get(proposedById) ?? proposedById,
      decidedBy: decidedById && (names.get(decidedById) ?? decidedById),
      isByTwo: decidedById !== null && decidedById !== proposedById,
    }));
    return { ...worded!, evidence: evidence as unknown as Evidence, resolutions: said };
  });
}

async function withWords(
  tx: Tx,
  rows: readonly Omit<ReconciliationBreak, "evidence">[],
): Promise<BreakRow[]> {
  const tenants = await tx.tenant.findMany({
    where: { id: { in: rows.flatMap(({ tenantId }) => tenantId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...{ ...row, ...causeOf(row.cause) },
    whose: row.tenantId ? (names.get(row.tenantId) ?? row.tenantId) : "Platform",
  }));
}

function filtersOf(query: BreakQuery): Prisma.ReconciliationBreakWhereInput[] {
  const { status, kind, check, book, q, cursor } = query;
  const filters: Prisma.ReconciliationBreakWhereInput[] = [];
  if (status !== "all") filters.push({ status });
  if (kind) filters.push({ kind });
  if (check) filters.push({ check });
  if (book) filters.push({ book });
  if (q) filters.push({ reference: q });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ OR: [{ foundAt: { lt: at } }, { foundAt: at, id: { lt: id } }] });
  }
  return filters;
}
