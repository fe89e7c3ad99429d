import { z } from "zod";
import { transact, view } from "#lib/db/transaction";
import {
  defaultGracePolicy,
  type GracePolicy,
  platformPolicyId,
} from "#lib/entitlements/grace-policy";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const gracePolicyInput = z.object({
  graceDays: z
    .int("Enter a whole number of days.")
    .min(0, "Enter zero or more days.")
    .max(365, "Enter at most 365 days."),
  keeps: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
});
export type GracePolicyInput = z.output<typeof gracePolicyInput>;

export type GracePolicyRow = GracePolicy & {
  /** `platform`, or the id of the plan version whose rules they are. */
  id: string;
  name: string;
  isOwn: boolean;
  /** What the version gives, to choose from what stays. */
  features: { key: string; name: string }[];
};

/** The platform's rules for failed payments, and those of every published version. */
export async function listGracePolicies(ctx: PlatformContext): Promise<GracePolicyRow[]> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const own = await tx.gracePolicy.findMany();
    const versions = await tx.planVersion.findMany({
      where: { status: { in: ["published", "retired"] }, components: { some: {} } },
      include: { plan: true },
      orderBy: [{ plan: { position: "asc" } }, { number: "desc" }],
    });
    const of = (id: string) => own.find((row) => row.id === id);
    const platform = of(platformPolicyId) ?? defaultGracePolicy;
    const everything = new Map<string, { key: string; name: string }>();
    const rows = versions.map(({ id, number, plan, features }) => {
      const given = (features as { key: string; name: string }[]).map(({ key, name }) => ({
        ...{ key, name },
      }));
      for (const feature of given) everything.set(feature.key, feature);
      const { graceDays, keeps } = of(id) ?? platform;
      const name = `${plan.name}, version ${number}`;
      return { id, name, isOwn: of(id) !== undefined, graceDays, keeps, features: given };
    });
    const { graceDays, keeps } = platform;
    const all = { id: platformPolicyId, name: "The platform", isOwn: true, graceDays, keeps };
    return [{ ...all, features: [...everything.values()] }, ...rows];
  });
}

/** Sets the rules for failed payments. Whoever is behind already is reckoned by them anew. */
export async function changeGracePolicy(
  ctx: PlatformContext,
  { id, ...rules }: GracePolicyInput & { id: string },
): Promise<void> {
  requirePlatform(ctx, "seats:decide");

  await transact(ctx, "entitlements.change-grace-policy", async (tx) => {
    const isKnown =
      id === platformPolicyId || (await tx.planVersion.count({ where: { id } })) === 1;
    if (!isKnown) throw new Refusal("not_found", "There is no such plan version.");
    const data = { ...rules, changedById: ctx.userId, changedAt: ctx.now() };
    await tx.gracePolicy.upsert({ where: { id }, create: { id, ...data }, update: data });
    await enqueue(tx, "entitlements.rebuild", {}, { key: "entitlements.rebuild" });
  });
}

/** Has a plan version follow the platform's rules again. */
export async function dropGracePolicy(ctx: PlatformContext, id: string): Promise<void> {
  requirePlatform(ctx, "seats:decide");

  await transact(ctx, "entitlements.drop-grace-policy", async (tx) => {
    const { count } = await tx.gracePolicy.deleteMany({
      where: { id, NOT: { id: platformPolicyId } },
    });
    if (!count) throw new Refusal("not_found", "It follows the platform's rules already.");
    await enqueue(tx, "entitlements.rebuild", {}, { key: "entitlements.rebuild" });
  });
}
