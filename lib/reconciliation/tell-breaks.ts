import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ReconciliationBreak } from "#lib/db/generated/client";
import type { Effects, Fact } from "#lib/events/converger";
import type { Kept } from "#lib/reconciliation/keep-findings";
import { tellOpened, tellResolved, tellVerdict } from "#lib/reconciliation/tell-outside";

const dayMs = 86_400_000;
/** Of one account and day; more of them are one alert together. */
const toldOneByOne = 5;

/**
 * Makes facts of what opened and what is gone, for webhooks; and of what is open, so that finance
 * is told: each by itself, and of an account where many come in a day the rest as one.
 */
export async function tellBreaks(
  tx: Tx,
  ctx: Context,
  { opened, closed }: Pick<Kept, "opened" | "closed">,
  effects: Effects,
): Promise<void> {
  await tellOpened(tx, ctx, opened, effects);
  await tellResolved(tx, ctx, { breaks: closed, how: "gone" }, effects);
  // The ledger tells of what no rule explains as soon as it is posted.
  const told = opened.filter(({ check }) => check !== "suspense");
  for (const [book, breaks] of Map.groupBy(told, (one) => one.book)) {
    await tellBook(tx, ctx, book, breaks, effects);
  }
  for (const book of new Set([...opened, ...closed].map((one) => one.book))) {
    await tellVerdict(tx, ctx, book, effects);
  }
}

async function tellBook(
  tx: Tx,
  ctx: Context,
  book: string,
  breaks: readonly ReconciliationBreak[],
  effects: Effects,
): Promise<void> {
  const now = ctx.now();
  const day = new Date(Math.floor(now.getTime() / dayMs) * dayMs);
  const before = await tx.fact.count({
    where: { kind: "reconciliation.break", objectId: book, at: { gte: day } },
  });
  const inOrder = breaks.toSorted((a, b) => (magnitude(b) > magnitude(a) ? 1 : -1));
  const alone = inOrder.slice(0, Math.max(0, toldOneByOne - before));
  const rest = inOrder.slice(alone.length);
  const facts = alone.map((one) => factOf(`break:${one.id}:${one.differenceMinor}`, one, 1));
  const [largest] = rest;
  if (largest) {
    facts.push(factOf(`breaks:${book}:${day.toISOString().slice(0, 10)}`, largest, rest.length));
  }
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({ ...fact, objectId: book, at: now }));
  const kept = await tx.fact.createManyAndReturn({ data: rows, skipDuplicates: true });
  const fresh = new Set(kept.map(({ reference }) => reference));
  const news = facts.filter(({ reference }) => fresh.has(reference));
  if (news.length > 0) await effects(tx, news, ctx);
}

function factOf(reference: string, one: ReconciliationBreak, count: number): Fact {
  const { book, tenantId, check, kind, currency, differenceMinor } = one;
  const data = {
    ...{ book, check, breakKind: kind, reference: one.reference, breakId: one.id },
    ...{ count: String(count), minor: differenceMinor.toString(), currency },
  };
  return { kind: "reconciliation.break", reference, tenantId, data };
}

function magnitude({ differenceMinor }: ReconciliationBreak): bigint {
  return differenceMinor < 0n ? -differenceMinor : differenceMinor;
}
