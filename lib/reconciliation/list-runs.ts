import { z } from "zod";
import type { Prisma, ReconciliationRule, ReconciliationRun } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { readNewest, ruleOf } from "#lib/reconciliation/read-rules";
import type { Rule } from "#lib/reconciliation/rule";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const runQuery = z.object({
  cursor: z.string().max(200).optional(),
  kind: z.enum(["continuous", "full"]).optional(),
});

/** Comparisons, the newest first. */
export async function listRuns(
  ctx: PlatformContext,
  { cursor, kind }: z.infer<typeof runQuery> = {},
): Promise<Page<ReconciliationRun>> {
  requirePlatform(ctx, "reconciliation:read");

  const filters: Prisma.ReconciliationRunWhereInput[] = kind ? [{ kind }] : [];
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }] });
  }
  const found = await view(ctx, (tx) =>
    tx.reconciliationRun.findMany({
      where: { AND: filters },
      ...{ orderBy: [{ startedAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    }),
  );
  return toPage(found, pageSize, ({ startedAt, id }) => ({ at: startedAt, id }));
}

export type RuleRow = Rule & Pick<ReconciliationRule, "isActive" | "createdById" | "createdAt">;

/** The newest version of every rule, in force or not. */
export async function listRules(ctx: PlatformContext): Promise<RuleRow[]> {
  requirePlatform(ctx, "reconciliation:read");

  const rows = await view(ctx, readNewest);
  return rows.map((row) => {
    const { isActive, createdById, createdAt } = row;
    return { ...ruleOf(row), isActive, createdById, createdAt };
  });
}

export type RuleVersion = RuleRow & { by: string; decided: number };

/** Every version of a rule, the newest first, and how many breaks each decided about. */
export async function listVersions(ctx: PlatformContext, key: string): Promise<RuleVersion[]> {
  requirePlatform(ctx, "reconciliation:read");

  return view(ctx, async (tx) => {
    const rows = await tx.reconciliationRule.findMany({
      where: { key },
      orderBy: { version: "desc" },
    });
    if (rows.length === 0) throw new Refusal("not_found", "There is no such rule.");
    const decided = await tx.reconciliationBreak.groupBy({
      by: ["ruleVersion"],
      where: { ruleKey: key },
      _count: true,
    });
    const names = await namesOf(
      tx,
      rows.flatMap(({ createdById }) => createdById ?? []),
    );
    return rows.map((row) => {
      const { isActive, createdById, createdAt, version } = row;
      return {
        ...{ ...ruleOf(row), isActive, createdById, createdAt },
        by: createdById ? (names.get(createdById) ?? createdById) : "Lockstep",
        decided: decided.find(({ ruleVersion }) => ruleVersion === version)?._count ?? 0,
      };
    });
  });
}
