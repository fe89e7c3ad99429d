import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type MeterChoice = { key: string; name: string };

/** What usage can be counted by, for whoever writes a price of it. */
export async function listMeters(ctx: PlatformContext): Promise<MeterChoice[]> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, (tx) =>
    tx.meter.findMany({
      where: { deactivatedAt: null },
      ...{ select: { key: true, name: true }, orderBy: { name: "asc" } },
    }),
  );
}
