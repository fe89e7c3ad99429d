import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ReconciliationBreak } from "#lib/db/generated/client";
import type { Effects, Fact } from "#lib/events/converger";

const openedKind = "reconciliation.break.opened";
const resolvedKind = "reconciliation.break.resolved";
const verdictKind = "reconciliation.verdict.changed";

/**
 * Makes a fact of each break that opened, for the platform's webhooks. A break is opened again only
 * after it was resolved: the count of both is in the reference, so two who find it make one fact.
 */
export async function tellOpened(
  tx: Tx,
  ctx: Context,
  opened: readonly ReconciliationBreak[],
  effects: Effects,
): Promise<void> {
  const told = await countTold(tx, opened);
  const news = opened.flatMap((one) => {
    const { times, isOpen } = told(one.id);
    if (isOpen) return [];
    const reference = `break:${one.id}:opened:${times + 1}`;
    return [{ kind: openedKind, reference, objectId: one.id, data: aboutBreak(one) }];
  });
  await tell(tx, ctx, news, effects);
}

/** The same of breaks that are resolved, where it was told that they opened. */
export async function tellResolved(
  tx: Tx,
  ctx: Context,
  { breaks, how }: { breaks: readonly ReconciliationBreak[]; how: "gone" | "accepted" },
  effects: Effects,
): Promise<void> {
  const told = await countTold(tx, breaks);
  const news = breaks.flatMap((one) => {
    const { times, isOpen } = told(one.id);
    if (!isOpen) return [];
    const reference = `break:${one.id}:resolved:${times}`;
    return [{ kind: resolvedKind, reference, objectId: one.id, data: { ...aboutBreak(one), how } }];
  });
  await tell(tx, ctx, news, effects);
}

/**
 * Makes a fact where a book's verdict is another than was told: `breaks` while any is open,
 * `in lockstep` while none is. Every book begins in lockstep, so the count of facts says which was
 * told, and its reference holds two who see the change to one fact.
 */
export async function tellVerdict(
  tx: Tx,
  ctx: Context,
  book: string,
  effects: Effects,
): Promise<void> {
  const open = await tx.reconciliationBreak.count({ where: { book, status: "open" } });
  const times = await tx.fact.count({ where: { objectId: book, kind: verdictKind } });
  const wasBroken = times % 2 === 1;
  if (wasBroken === open > 0) return;
  const owner = await tx.ledgerBook.findUnique({ where: { key: book } });
  const [from, to] = wasBroken ? ["breaks", "in lockstep"] : ["in lockstep", "breaks"];
  const data = { book, tenantId: owner?.tenantId ?? null, from, to, open: String(open) };
  const reference = `verdict:${book}:${times + 1}`;
  await tell(tx, ctx, [{ kind: verdictKind, reference, objectId: book, data }], effects);
}

type News = Omit<Fact, "tenantId"> & { objectId: string };

/** These are of the platform alone: no tenant's wall lets them through, whoever they are about. */
async function tell(tx: Tx, ctx: Context, news: readonly News[], effects: Effects): Promise<void> {
  if (news.length === 0) return;
  const at = ctx.now();
  const rows = news.map((one) => ({ ...one, tenantId: null, at }));
  const kept = await tx.fact.createManyAndReturn({
    ...{ data: rows, skipDuplicates: true, select: { reference: true } },
  });
  const fresh = new Set(kept.map(({ reference }) => reference));
  const facts = rows.filter(({ reference }) => fresh.has(reference));
  if (facts.length > 0) await effects(tx, facts, ctx);
}

/** How often each was told to have opened, and whether it was not told resolved since. */
async function countTold(tx: Tx, breaks: readonly ReconciliationBreak[]) {
  const facts =
    breaks.length === 0
      ? []
      : await tx.fact.findMany({
          where: {
            objectId: { in: breaks.map(({ id }) => id) },
            kind: { in: [openedKind, resolvedKind] },
          },
          select: { objectId: true, kind: true },
        });
  const byBreak = Map.groupBy(facts, ({ objectId }) => objectId);
  return (id: string) => {
    const all = byBreak.get(id) ?? [];
    const times = all.filter(({ kind }) => kind === openedKind).length;
    return { times, isOpen: times > all.length - times };
  };
}

function aboutBreak(one: ReconciliationBreak) {
  const { id, book, tenantId, check, kind, reference, cause, differenceMinor, currency } = one;
  return {
    ...{ breakId: id, book, tenantId, check, breakKind: kind, reference, cause, currency },
    minor: differenceMinor.toString(),
  };
}
