import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { settleSeats } from "#lib/seats/settle-seats";
import type { StripeGateway } from "#lib/stripe/gateway";

/** How many pools one check asks Stripe about; the longest unchecked come first. */
const batch = 200;

/**
 * Compares seats with Stripe's own quantities, those that look wrong before all others, and frees
 * what time has run out for. Each pool has its turn, whatever becomes of the others.
 */
export async function checkSeats(ctx: Context, gateway: StripeGateway): Promise<number> {
  const due = await view(
    ctx,
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`
      select p.tenant_id as "tenantId" from seat_pools p join seat_syncs s on s.pool_id = p.id
      order by (p.seats <> s.stripe_seats or s.over_since is not null) desc,
        s.checked_at nulls first, p.id limit ${batch}`,
  );
  const failures: unknown[] = [];
  for (const { tenantId } of due) {
    await gateway.waitForTurn("");
    await settleSeats(ctx, { tenantId, isCheck: true }, gateway).catch((error) => {
      failures.push(error);
    });
  }
  if (failures.length > 0) throw new AggregateError(failures, "some seats could not be checked");
  return due.length;
}
