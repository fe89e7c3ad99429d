import type { CreatePlanInput } from "#lib/catalog/input";
import type { Tx } from "#lib/db/client";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** A new plan or add-on, with an empty first draft. It takes the last place. */
export async function createPlan(
  ctx: PlatformContext,
  input: CreatePlanInput,
): Promise<{ planId: string; versionId: string }> {
  requirePlatform(ctx, "plans:update");

  try {
    return await transact(ctx, "catalog.create-plan", async (tx) => {
      const createdAt = ctx.now();
      const planId = newId("plan", createdAt);
      const versionId = newId("planVersion", createdAt);
      const besidePlans = await knownBases(tx, input.kind, input.besidePlans);
      requireOnce(input.kind, input.mostQuantity);
      const last = await tx.plan.aggregate({ _max: { position: true } });
      const position = (last._max.position ?? -1) + 1;
      const { key, name, description, kind, mostQuantity } = input;
      await tx.plan.create({
        data: {
          ...{ id: planId, key, name, description, kind, position, createdAt },
          ...{ besidePlans, mostQuantity },
        },
      });
      const draft = { id: versionId, planId, number: 1, status: "draft", createdAt } as const;
      await tx.planVersion.create({ data: { ...draft, features: [] } });
      return { planId, versionId };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = `The key ${input.key} is taken by another plan. Choose another.`;
    throw new Refusal("conflict", message, { field: "key" });
  }
}

/** Refuses plans an add-on cannot be beside, and a plan that claims to be beside others. */
export async function knownBases(
  tx: Tx,
  kind: "base" | "add_on",
  keys: readonly string[],
): Promise<string[]> {
  const field = "besidePlans";
  if (kind === "base" && keys.length > 0) {
    throw new Refusal("invalid", "Only an add-on is bought beside plans. Name none.", { field });
  }
  const bases = await tx.plan.findMany({ where: { key: { in: [...keys] }, kind: "base" } });
  const missing = keys.find((key) => !bases.some((base) => base.key === key));
  if (missing === undefined) return [...new Set(keys)];
  const message = `There is no plan ${missing} an add-on could be beside. Choose another.`;
  throw new Refusal("invalid", message, { field });
}

/** Refuses a plan that could be had twice: what is counted of it is seats. */
export function requireOnce(kind: "base" | "add_on", mostQuantity: number): void {
  if (kind === "add_on" || mostQuantity === 1) return;
  const message = "Only an add-on is bought several times. A plan is there once: write 1.";
  throw new Refusal("invalid", message, { field: "mostQuantity" });
}
