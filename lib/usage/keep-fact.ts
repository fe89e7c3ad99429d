import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Effects, Fact } from "#lib/events/converger";

/** Keeps a fact that we found ourselves, and does what follows from it; once by its reference. */
export async function keepFact(tx: Tx, ctx: Context, effects: Effects, fact: Fact): Promise<void> {
  const { kind, reference, tenantId, data } = fact;
  const { count } = await tx.fact.createMany({
    data: [{ kind, reference, tenantId, data, objectId: reference, at: ctx.now() }],
    skipDuplicates: true,
  });
  if (count > 0) await effects(tx, [fact], ctx);
}
