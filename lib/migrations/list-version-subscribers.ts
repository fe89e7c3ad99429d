import type { SubscribersQuery } from "#lib/catalog/input";
import { findVersion } from "#lib/catalog/store";
import { view } from "#lib/db/transaction";
import {
  countSubscribers,
  findSubscribers,
  type Subscriber,
} from "#lib/migrations/find-subscribers";
import { namesOf } from "#lib/migrations/get-migration";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type VersionSubscriber = Subscriber & { tenantName: string };
export type VersionSubscribers = { rows: VersionSubscriber[]; next: string | null; total: number };

/** Who is on a version now, in order of the subscriptions' ids. */
export async function listVersionSubscribers(
  ctx: PlatformContext,
  { versionId, cursor, limit }: SubscribersQuery & { versionId: string },
): Promise<VersionSubscribers> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const version = await findVersion(tx, versionId);
    const page = { limit: limit + 1, ...(cursor !== undefined && { after: cursor }) };
    const found = await findSubscribers(tx, version, page);
    const rows = found.slice(0, limit);
    const names = await namesOf(
      tx,
      rows.map(({ tenantId }) => tenantId),
    );
    return {
      rows: rows.map((row) => ({ ...row, tenantName: names.get(row.tenantId) ?? "" })),
      next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
      total: await countSubscribers(tx, version),
    };
  });
}
