import { findOffered } from "#lib/billing/find-offered";
import { readAddOns } from "#lib/billing/read-add-ons";
import { liveStatuses } from "#lib/billing/subscription";
import type { Interval } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

/** What a workspace had before, as it can be chosen again. */
export type FormerPlan = {
  plan: string;
  planName: string;
  interval: Interval;
  currency: string;
  seats: number;
  /** What was beside the plan and is still sold so. */
  addOns: { key: string; name: string; quantity: number }[];
  /** The names of what was beside it and is not sold any more. */
  unsold: string[];
  endedAt: Date | null;
};

/** The plan that ended last, with what was beside it; null where one is live or none ever was. */
export async function readFormer(tx: Tx, tenantId: string): Promise<FormerPlan | null> {
  const newest = await tx.subscription.findFirst({
    where: { tenantId },
    orderBy: { createdAt: "desc" },
    include: { version: { include: { plan: true } } },
  });
  const version = newest?.version;
  if (!newest || !version || (liveStatuses as readonly string[]).includes(newest.status)) {
    return null;
  }
  const ended = (newest.object as { ended_at?: number | null }).ended_at ?? null;
  const terms = { plan: version.plan.key, currency: newest.currency };
  const interval = newest.interval as Interval;
  const had = await readAddOns(tx, newest.id);
  const addOns: FormerPlan["addOns"] = [];
  const unsold: string[] = [];
  for (const { plan, quantity } of had) {
    const one = { key: plan.key, name: plan.name, quantity };
    if (await isSold(tx, { ...terms, interval, addOns: [one] })) addOns.push(one);
    else unsold.push(plan.name);
  }
  return {
    ...{ ...terms, interval, addOns, unsold },
    ...{ planName: version.plan.name, seats: newest.seats ?? 1 },
    endedAt: ended === null ? null : new Date(ended * 1000),
  };
}

/** By the rule a checkout asks. */
async function isSold(tx: Tx, wanted: Parameters<typeof findOffered>[1]): Promise<boolean> {
  try {
    await findOffered(tx, wanted);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
