import type { z } from "zod";
import type { ReconciliationBreak } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import type { previewInput } from "#lib/reconciliation/input";
import { readRules } from "#lib/reconciliation/read-rules";
import { isAbout } from "#lib/reconciliation/rule";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const days = 90;
const mostLookedAt = 10_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;

type Row = Pick<
  ReconciliationBreak,
  "id" | "book" | "kind" | "check" | "cause" | "reference" | "status" | "currency"
> &
  Pick<ReconciliationBreak, "differenceMinor" | "since" | "foundAt" | "goneAt">;

export type RulePreview = {
  days: number;
  /** Breaks of that time, of which the rule was asked. */
  lookedAt: number;
  /** Those it is about, and of them those that want somebody now. */
  matched: number;
  open: number;
  /** Those that were gone again before the rule's time was over, without anybody. */
  settledInTime: number;
  /** Those that another rule, which comes first, decides about. */
  takenByOthers: number;
  examples: Pick<Row, "id" | "book" | "kind" | "reference" | "currency" | "differenceMinor">[];
};

/** What a rule would have decided about the breaks of the last ninety days. Changes nothing. */
export async function previewRule(
  ctx: PlatformContext,
  { key, conditions, act }: z.infer<typeof previewInput>,
): Promise<RulePreview> {
  requirePlatform(ctx, "reconciliation:read");

  const { rows, rules } = await view(ctx, async (tx) => ({
    rules: await readRules(tx),
    rows: await tx.reconciliationBreak.findMany({
      where: { foundAt: { gte: new Date(ctx.now().getTime() - days * dayMs) } },
      ...{ omit: { evidence: true }, orderBy: { foundAt: "desc" }, take: mostLookedAt },
    }),
  }));
  const matched = rows.filter((row) => isAbout(conditions, row));
  // Rules are asked in the order of their keys; a new one without a name yet comes last.
  const earlier = rules.filter((rule) => rule.key !== key && (!key || rule.key < key));
  const taken = matched.filter((row) => earlier.some((rule) => isAbout(rule.conditions, row)));
  const minutes = act.act === "expect" ? act.minutes : 0;
  const isInTime = ({ since, goneAt }: Row) =>
    goneAt !== null && goneAt.getTime() <= since.getTime() + minutes * minuteMs;
  return {
    ...{ days, lookedAt: rows.length, matched: matched.length, takenByOthers: taken.length },
    open: matched.filter(({ status }) => status === "open").length,
    settledInTime: matched.filter(isInTime).length,
    examples: matched.slice(0, 5).map(({ id, book, kind, reference, currency, ...row }) => ({
      ...{ id, book, kind, reference, currency, differenceMinor: row.differenceMinor },
    })),
  };
}
