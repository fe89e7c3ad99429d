import { endHold } from "#lib/connect/end-hold";
import { askToApply } from "#lib/connect/keep-holds";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Answers an appeal, once. Granted, its hold ends with it; upheld, the hold goes on. */
export async function decideAppeal(
  ctx: PlatformContext,
  { id, decision, answer }: { id: string; decision: "granted" | "upheld"; answer: string },
): Promise<void> {
  requirePlatform(ctx, "connect:hold");

  await transact(ctx, "connect.decide-appeal", async (tx) => {
    const by = { decidedAt: ctx.now(), decidedById: ctx.userId };
    const { count } = await tx.connectAppeal.updateMany({
      where: { id, decidedAt: null },
      data: { decision, answer, ...by },
    });
    const appeal = await tx.connectAppeal.findUnique({ where: { id }, include: { hold: true } });
    if (!appeal) throw new Refusal("not_found", "There is no such appeal.");
    if (count === 0) throw new Refusal("conflict", "This appeal was answered already.");
    const { tenantId, hold } = appeal;
    if (decision === "upheld") {
      await askToApply(tx, tenantId);
      return;
    }
    await endHold(tx, ctx, hold, {
      ...{ ending: "appealed", endedById: ctx.userId, endNote: answer },
    });
  });
}
