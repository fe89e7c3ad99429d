import { z } from "zod";
import type { Policy } from "#lib/connect/hold-rules";
import { askToJudge } from "#lib/connect/judge-account";
import { policyId as id, readPolicy } from "#lib/connect/read-policy";
import { transact, view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const count = (most: number) => z.coerce.number().int().min(0).max(most);

export const policyInput = z.object({
  identityFirst: z.boolean().describe("No payout before Stripe has checked the people."),
  payoutPayments: count(100).describe("No payout before so many payments."),
  payoutDays: count(90).describe("No payout before so many days of taking payments."),
  confirmMonths: count(36).describe("Details are confirmed every so many months; 0 is never."),
  confirmGraceDays: count(60).describe("Days in which payouts go on after it is asked."),
});

/** The rules of payouts, for the console. */
export async function getPolicy(ctx: PlatformContext): Promise<Policy> {
  requirePlatform(ctx, "tenants:read");
  return view(ctx, readPolicy);
}

/** Changes the rules of payouts, and has every account that takes payments judged by them. */
export async function changePolicy(ctx: PlatformContext, policy: Policy): Promise<void> {
  requirePlatform(ctx, "connect:policy");

  await transact(ctx, "connect.change-policy", async (tx) => {
    const by = { changedAt: ctx.now(), changedById: ctx.userId };
    const data = { ...policy, ...by };
    await tx.connectPolicy.upsert({ where: { id }, update: data, create: { id, ...data } });
    const accounts = await tx.connectedAccount.findMany({
      where: { activeAt: { not: null }, status: { notIn: ["disconnected", "closed"] } },
      select: { tenantId: true },
    });
    for (const { tenantId } of accounts) await askToJudge(tx, tenantId);
  });
}
