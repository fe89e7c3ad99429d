import type { HoldEnd } from "#lib/connect/hold";
import { type HoldRuleName, holdRules } from "#lib/connect/hold-rules";
import type { Tx } from "#lib/db/client";
import type { ConnectHold } from "#lib/db/generated/client";

export type AppealView = {
  id: string;
  text: string;
  madeAt: Date;
  decision: "granted" | "upheld" | null;
  answer: string | null;
  decidedAt: Date | null;
};
/** A hold as the tenant and the platform both see it. */
export type HoldView = {
  id: string;
  payments: boolean;
  payouts: boolean;
  reason: string;
  /** Of a hold that a rule placed: which, by which version, and what would change it. */
  rule: { name: string; title: string; version: number; mend: string } | null;
  placedAt: Date;
  until: Date | null;
  endedAt: Date | null;
  ending: HoldEnd | null;
  endNote: string | null;
  appeals: AppealView[];
};

const shownEnded = 10;

/** The holds there are, then the latest that ended. */
export async function readHolds(tx: Tx, tenantId: string): Promise<HoldView[]> {
  const include = { appeals: { orderBy: { madeAt: "asc" } } } as const;
  const open = await tx.connectHold.findMany({
    ...{ where: { tenantId, endedAt: null }, orderBy: { placedAt: "desc" }, include },
  });
  const ended = await tx.connectHold.findMany({
    ...{ where: { tenantId, endedAt: { not: null } }, orderBy: { endedAt: "desc" }, include },
    take: shownEnded,
  });
  return [...open, ...ended].map((hold) => ({
    ...{ id: hold.id, payments: hold.payments, payouts: hold.payouts, reason: hold.reason },
    ...{ placedAt: hold.placedAt, until: hold.until, endedAt: hold.endedAt, endNote: hold.endNote },
    rule: ruleOf(hold),
    ending: hold.ending as HoldEnd | null,
    appeals: hold.appeals.map(({ id, text, madeAt, decision, answer, decidedAt }) => ({
      ...{ id, text, madeAt, answer, decidedAt },
      decision: decision as AppealView["decision"],
    })),
  }));
}

function ruleOf({ rule, ruleVersion, mend }: ConnectHold): HoldView["rule"] {
  if (rule === null || ruleVersion === null) return null;
  const known = holdRules[rule as HoldRuleName] as { title: string } | undefined;
  return { name: rule, title: known?.title ?? rule, version: ruleVersion, mend: mend ?? "" };
}
