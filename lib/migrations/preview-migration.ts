import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { followDiscounts } from "#lib/migrations/follow-discounts";
import { findMigrated, namesOf, toMigrated } from "#lib/migrations/get-migration";
import type { MigratedView } from "#lib/migrations/migration";
import { waitsForRenewal } from "#lib/migrations/move-subscriber";
import { findMigration, type WholeMigration } from "#lib/migrations/store";
import { targetOf } from "#lib/migrations/target-items";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Input = { migrationId: string; subscriptionIds: string[] };

/** Has Stripe draw up the invoice some subscribers would get, discounts, tax and credit and all. */
export async function previewMigration(
  ctx: PlatformContext,
  { migrationId, subscriptionIds }: Input,
  gateway: StripeGateway = stripeGateway(),
): Promise<MigratedView[]> {
  requirePlatform(ctx, "plans:migrate");

  const migration = await view(ctx, (tx) => findMigration(tx, migrationId));
  const views: MigratedView[] = [];
  for (const subscriptionId of new Set(subscriptionIds)) {
    await view(ctx, (tx) => findMigrated(tx, migrationId, subscriptionId));
    const drawn = await drawUp(ctx, gateway, migration, subscriptionId);
    views.push(
      await transact(ctx, "migrations.preview-migration", async (tx) => {
        const where = { migrationId_subscriptionId: { migrationId, subscriptionId } };
        const row = await tx.migratedSubscriber.update({ where, data: drawn });
        const names = await namesOf(tx, [row.tenantId]);
        return toMigrated(row, names.get(row.tenantId) ?? "");
      }),
    );
  }
  return views;
}

type Drawn = { previewMinor: bigint | null; reason?: string };

async function drawUp(
  ctx: PlatformContext,
  gateway: StripeGateway,
  migration: WholeMigration,
  subscriptionId: string,
): Promise<Drawn> {
  const live = await gateway.readSubscription(subscriptionId);
  const target = live && targetOf(live, migration.fromVersion, migration.toVersion);
  if (!target) return { previewMinor: null, reason: "It is not on the version any more." };
  const { items } = target.plan;
  try {
    const which = { subscriptionId, at: ctx.now() };
    const discounts = live.hasDiscount
      ? await followDiscounts(ctx, gateway, migration, which)
      : null;
    const { timing, fromVersion } = migration;
    const isNow = timing === "now" && !waitsForRenewal(live, fromVersion, ctx.now());
    const change = { subscriptionId, items, ...(discounts && { discounts }) };
    const invoice = await gateway.previewInvoice(
      isNow
        ? { kind: "items_now", ...change, prorationAt: ctx.now() }
        : { kind: "items_next", ...change, isRecurring: false },
    );
    return { previewMinor: invoice?.totalMinor ?? 0n };
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    return { previewMinor: null, reason: messageOf(error) };
  }
}
