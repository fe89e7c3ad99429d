import type { Prisma } from "#lib/db/generated/client";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { RuleInput } from "#lib/reconciliation/input";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Writes the next version of a rule, or the first of a new one. What was decided keeps its own. */
export async function saveRule(
  ctx: PlatformContext,
  { key, ...rule }: { key: string } & RuleInput,
): Promise<{ version: number }> {
  requirePlatform(ctx, "reconciliation:resolve");

  try {
    return await transact(ctx, "reconciliation.save-rule", async (tx) => {
      const newest = await tx.reconciliationRule.findFirst({
        where: { key },
        orderBy: { version: "desc" },
        select: { version: true },
      });
      const version = (newest?.version ?? 0) + 1;
      const { conditions, act, ...words } = rule;
      await tx.reconciliationRule.create({
        data: {
          ...{ key, version, ...words, createdById: ctx.userId, createdAt: ctx.now() },
          conditions: conditions as Prisma.InputJsonValue,
          act: act as Prisma.InputJsonValue,
        },
      });
      return { version };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Somebody saved this rule just now; look at it anew.");
  }
}
