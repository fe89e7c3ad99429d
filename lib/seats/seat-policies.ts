import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { SeatPolicyInput } from "#lib/seats/input";
import { defaultSeatPolicy, platformPolicyId, type SeatPolicy } from "#lib/seats/seat-policy";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type SeatPolicyRow = SeatPolicy & {
  /** `platform`, or the id of the plan version whose rules they are. */
  id: string;
  /** What it holds for, in words. */
  name: string;
  /** False where it follows the platform's rules. */
  isOwn: boolean;
  subscribers: number;
};

/** The platform's rules, and those of every published version that is sold by seats. */
export async function listSeatPolicies(ctx: PlatformContext): Promise<SeatPolicyRow[]> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const own = await tx.seatPolicy.findMany();
    const versions = await tx.planVersion.findMany({
      where: {
        status: { in: ["published", "retired"] },
        components: { some: { kind: "seat" } },
      },
      include: { plan: true },
      orderBy: [{ plan: { position: "asc" } }, { number: "desc" }],
    });
    const counted = await tx.seatPool.groupBy({ by: ["versionId"], _count: true });
    const countOf = new Map(counted.map(({ versionId, _count }) => [versionId, _count]));
    const of = (id: string) => own.find((row) => row.id === id);
    const platform = of(platformPolicyId) ?? defaultSeatPolicy;
    const rows = versions.map(({ id, number, plan }) => ({
      ...rulesOf(of(id) ?? platform),
      ...{ id, name: `${plan.name}, version ${number}`, isOwn: of(id) !== undefined },
      subscribers: countOf.get(id) ?? 0,
    }));
    const everyone = counted.reduce((sum, { _count }) => sum + _count, 0);
    return [
      {
        ...rulesOf(platform),
        ...{ id: platformPolicyId, name: "The platform", isOwn: true, subscribers: everyone },
      },
      ...rows,
    ];
  });
}

function rulesOf(row: SeatPolicy): SeatPolicy {
  const { billing, drift, maxSeats, seatsJoiners, givesBack, overDays } = row;
  return { billing, drift, maxSeats, seatsJoiners, givesBack, overDays };
}

/** Sets the rules of the platform or of a plan version. They hold for what is decided from now. */
export async function changeSeatPolicy(
  ctx: PlatformContext,
  { id, ...rules }: SeatPolicyInput & { id: string },
): Promise<void> {
  requirePlatform(ctx, "seats:decide");

  await transact(ctx, "seats.change-policy", async (tx) => {
    const isKnown =
      id === platformPolicyId || (await tx.planVersion.count({ where: { id } })) === 1;
    if (!isKnown) throw new Refusal("not_found", "There is no such plan version.");
    const data = { ...rules, changedById: ctx.userId, changedAt: ctx.now() };
    await tx.seatPolicy.upsert({ where: { id }, create: { id, ...data }, update: data });
  });
}

/** Has a plan version follow the platform's rules again. */
export async function dropSeatPolicy(ctx: PlatformContext, id: string): Promise<void> {
  requirePlatform(ctx, "seats:decide");

  await transact(ctx, "seats.drop-policy", async (tx) => {
    const { count } = await tx.seatPolicy.deleteMany({
      where: { id, NOT: { id: platformPolicyId } },
    });
    if (!count) throw new Refusal("not_found", "It follows the platform's rules already.");
  });
}
