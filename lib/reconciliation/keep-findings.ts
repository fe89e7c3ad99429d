import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Prisma, ReconciliationBreak } from "#lib/db/generated/client";
import { newId } from "#lib/ids";
import { differenceOf, type Finding, isSame } from "#lib/reconciliation/break";
import { type CheckName, graceOf } from "#lib/reconciliation/checks";
import { type Rule, ruleFor } from "#lib/reconciliation/rule";

const minuteMs = 60_000;

/** What was looked at: all of a check, or these references alone. */
export type Examined = {
  book: string;
  checks: readonly CheckName[];
  references: readonly string[] | "all";
};
export type Kept = {
  /** Those that want somebody: new, open again, or still there after Stripe was asked again. */
  opened: ReconciliationBreak[];
  /** Those whose rule has Stripe asked again. */
  refetch: ReconciliationBreak[];
  /** Those that no comparison finds any more. */
  closed: ReconciliationBreak[];
};

/**
 * Writes what a comparison found: new breaks are opened, known ones seen again, and those of what
 * was looked at that were not found are gone. One break at a place, however many find it at once.
 */
export async function keepFindings(
  tx: Tx,
  ctx: Context,
  examined: Examined,
  findings: readonly Finding[],
  rules: readonly Rule[],
): Promise<Kept> {
  const now = ctx.now();
  const known = await readKnown(tx, examined);
  const keyed = new Map(known.map((one) => [keyOf(one), one]));
  const found = new Set(findings.map(keyOf));
  const tenantId = findings.length > 0 ? await tenantOf(tx, examined.book) : null;
  const rows = findings
    .filter((finding) => !keyed.has(keyOf(finding)))
    .map((finding) => rowOf(finding, tenantId, rules, now));
  const written = await tx.reconciliationBreak.createManyAndReturn({
    data: rows,
    skipDuplicates: true,
  });
  const asks = new Set(rules.flatMap(({ key, act }) => (act.act === "refetch" ? [key] : [])));
  const isAsked = ({ ruleKey }: ReconciliationBreak) => ruleKey !== null && asks.has(ruleKey);
  const again: ReconciliationBreak[] = [];
  for (const finding of findings) {
    const before = keyed.get(keyOf(finding));
    if (!before) continue;
    const row = await tx.reconciliationBreak.update({
      where: { id: before.id },
      data: seenAgain(before, finding, now),
    });
    // What Stripe was asked for again is somebody's work once it is still so.
    const isNews = before.status !== "open" || isAsked(row);
    if (row.status === "open" && isNews) again.push(row);
  }
  const gone = known.filter((one) => !found.has(keyOf(one)));
  await close(tx, gone, now);
  const refetch = written.filter(isAsked);
  const fresh = written.filter((one) => one.status === "open" && !isAsked(one));
  return { opened: [...fresh, ...again], refetch, closed: gone };
}

/** Breaks are few beside what is looked at, so they are read and not the references sent. */
async function readKnown(tx: Tx, { book, checks, references }: Examined) {
  const known = await tx.reconciliationBreak.findMany({
    where: { book, check: { in: [...checks] }, status: { not: "gone" } },
  });
  if (references === "all") return known;
  const looked = new Set(references);
  return known.filter(({ reference }) => looked.has(reference));
}

async function tenantOf(tx: Tx, book: string): Promise<string | null> {
  const owner = await tx.ledgerBook.findUnique({ where: { key: book } });
  return owner?.tenantId ?? null;
}

function keyOf({ check, reference }: { check: string; reference: string }): string {
  return `${check} ${reference}`;
}

/** A new break. A rule may decide about it; what a check gives time is expected that long. */
function rowOf(finding: Finding, tenantId: string | null, rules: readonly Rule[], now: Date) {
  const { check, evidence, ...figures } = finding;
  const rule = ruleFor(rules, finding);
  const grace = graceEnds(now, check).getTime();
  const minutes = rule?.act.act === "expect" ? rule.act.minutes : 0;
  const until = Math.max(grace, minutes && finding.since.getTime() + minutes * minuteMs);
  const waits = until > now.getTime();
  return {
    ...{ id: newId("reconciliationBreak", now), ...figures, check, tenantId },
    ...{ differenceMinor: differenceOf(finding), foundAt: now, seenAt: now },
    ...{ status: waits ? ("expected" as const) : ("open" as const) },
    expectedUntil: waits ? new Date(until) : null,
    evidence: evidence as Prisma.InputJsonValue,
    ...(rule && { ruleKey: rule.key, ruleVersion: rule.version, ruleSays: rule.reason }),
  };
}

/** What waits is open once its time is over, and what waits or was given up where it is another. */
function seenAgain(before: ReconciliationBreak, finding: Finding, now: Date) {
  const { kind, currency, stripeMinor, ledgerMinor, cause, evidence } = finding;
  const isOver = before.expectedUntil !== null && before.expectedUntil <= now;
  const isWaiting = before.status === "expected" && !isOver;
  const keeps = (isWaiting || before.status === "accepted") && isSame(before, finding);
  // Totals move while both sides catch up; that is what they are given their time for, and no more.
  const isGraced = isWaiting && now < graceEnds(before.foundAt, finding.check);
  const kept = before.evidence as { stripe?: unknown } | null;
  return {
    ...{ seenAt: now, kind, currency, stripeMinor, ledgerMinor },
    differenceMinor: differenceOf(finding),
    // What Stripe said when it was asked about the break stays with it.
    evidence: {
      ...evidence,
      stripe: evidence.stripe ?? kept?.stripe ?? null,
    } as Prisma.InputJsonValue,
    cause: kept?.stripe ? before.cause : cause,
    ...(keeps || isGraced ? {} : { status: "open" as const, expectedUntil: null }),
  };
}

function graceEnds(foundAt: Date, check: CheckName): Date {
  return new Date(foundAt.getTime() + graceOf(check) * minuteMs);
}

async function close(tx: Tx, gone: readonly ReconciliationBreak[], now: Date): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await tx.reconciliationBreak.updateMany({
    where: { id: { in: ids } },
    data: { status: "gone", goneAt: now, expectedUntil: null },
  });
  await tx.resolution.updateMany({
    where: { breakId: { in: ids }, status: "decided" },
    data: { status: "done", doneAt: now },
  });
  await tx.resolution.updateMany({
    where: { breakId: { in: ids }, status: "proposed" },
    data: { status: "rejected", decidedAt: now, error: "It was gone before it was decided." },
  });
}
