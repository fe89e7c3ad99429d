import type { Tx } from "#lib/db/client";
import { wordsFor } from "#lib/overview/words";
import { namesOf } from "#lib/tenancy/find-names";

/** Something a person or a part of Lockstep did, as the audit log has it. */
export type Act = { key: string; at: Date; actor: string; action: string; what: string };

const actsAtMost = 12;

/** What was done under a trace: where it began, and what it led to. */
export function readTrace(tx: Tx, traceId: string): Promise<Act[]> {
  return readActs(tx, { traceId });
}

/** What people decided about one event: who let it run again, and who gave it up. */
export function readDecisions(tx: Tx, eventId: string): Promise<Act[]> {
  return readActs(tx, { chain: "platform", targetId: eventId });
}

async function readActs(
  tx: Tx,
  where: { traceId: string } | { chain: string; targetId: string },
): Promise<Act[]> {
  const entries = await tx.auditEntry.findMany({
    ...{ where, orderBy: { at: "desc" }, take: actsAtMost * 3 },
    select: { chain: true, sequence: true, at: true, actor: true, action: true, traceId: true },
  });
  const names = await namesOf(
    tx,
    entries.map(({ actor }) => actor),
  );
  // A verb that writes three rows is one act to its reader.
  const acts = new Map(
    entries.map((entry) => [`${entry.traceId} ${entry.action} ${entry.actor}`, entry]),
  );
  return [...acts.values()].slice(0, actsAtMost).map((entry) => ({
    ...{ key: `${entry.chain}:${entry.sequence}`, at: entry.at, action: entry.action },
    ...{ actor: names.get(entry.actor) ?? "Lockstep", what: wordsFor(entry.action) },
  }));
}
