import type { Tx } from "#lib/db/client";
import { wordsFor } from "#lib/overview/words";
import { namesOf } from "#lib/tenancy/find-names";

/** One thing that happened in a workspace, newest first in every list. */
export type Activity = {
  id: string;
  at: Date;
  /** A person's name, or Lockstep and Stripe for what they did. */
  actor: string;
  /** The audited action or the fact's kind, for who has words of their own for it. */
  action: string;
  what: string;
  /** The kind of thing and its id: "members", "mem_…". */
  target: string;
  targetId: string;
  kind: "audit" | "fact";
  traceId: string | null;
};

/** What people and the system did in a tenant (audit) joined with what Stripe reported (facts). */
export async function readActivity(tx: Tx, tenantId: string, limit: number): Promise<Activity[]> {
  const audit = await readActs(tx, tenantId, limit);
  const reported = await readFacts(tx, tenantId, limit);
  return [...audit, ...reported]
    .sort((left, right) => orderOf(right) - orderOf(left))
    .slice(0, limit);
}

async function readActs(tx: Tx, tenantId: string, limit: number): Promise<Activity[]> {
  const entries = await tx.auditEntry.findMany({
    where: { chain: tenantId },
    orderBy: { sequence: "desc" },
    take: limit * 3,
  });
  const names = await namesOf(
    tx,
    entries.map(({ actor }) => actor),
  );

  // A verb that writes three rows is one act to its reader.
  const acts = new Map(
    entries.toReversed().map((entry) => [`${entry.traceId} ${entry.action}`, entry]),
  );
  return [...acts.values()].map((entry): Activity => {
    const { sequence, at, actor, action, target, targetId, traceId } = entry;
    const what = wordsFor(action);
    const who = names.get(actor) ?? "Lockstep";
    return {
      id: `audit:${sequence}`,
      at,
      actor: who,
      action,
      what,
      target,
      targetId,
      kind: "audit",
      traceId,
    };
  });
}

/** What Stripe reported of a tenant; all there is to see for who may not read the audit log. */
export async function readFacts(tx: Tx, tenantId: string, limit: number): Promise<Activity[]> {
  const facts = await tx.fact.findMany({
    // What a tenant may use follows from what is told here anyway.
    where: { tenantId, kind: { not: "entitlements.changed" } },
    orderBy: { at: "desc" },
    take: limit,
  });
  return facts.map((fact): Activity => {
    const { reference, at, kind, objectId } = fact;
    const [target = ""] = kind.split(".");
    const what = wordsFor(kind);
    const about = { target, targetId: objectId, kind: "fact", traceId: null } as const;
    return { id: reference, at, actor: "Stripe", action: kind, what, ...about };
  });
}

/** Stripe tells whole seconds. What we did within that second came before its answer to it. */
function orderOf({ kind, at }: Activity): number {
  return at.getTime() + (kind === "fact" ? 999 : 0);
}
