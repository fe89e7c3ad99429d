import { randomInt } from "node:crypto";
import type { Tx } from "#lib/db/client";
import { slugCandidates, suffixed } from "#lib/tenancy/slug";

/** A slug near the wanted one that nobody has. Needs the system's reach: it asks of all tenants. */
export async function findFreeSlug(tx: Tx, wanted: string): Promise<string> {
  const candidates = slugCandidates(wanted);
  const taken = await tx.tenant.findMany({
    where: { slug: { in: candidates } },
    select: { slug: true },
  });
  const names = new Set(taken.map(({ slug }) => slug));
  const free = candidates.find((candidate) => !names.has(candidate));
  return free ?? suffixed(wanted, String(randomInt(100_000, 1_000_000)));
}
