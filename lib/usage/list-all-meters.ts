import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import type { Aggregation } from "#lib/usage/meter";

/** A meter as the console lists it. */
export type MeterRow = {
  key: string;
  name: string;
  aggregation: Aggregation;
  unit: string | null;
  eventName: string;
  stripeMeterId: string | null;
  deactivatedAt: Date | null;
  /** Plans that sell or limit by it now. */
  plans: string[];
  /** Tenants whose usage it counted in the last thirty days. */
  tenants: number;
  lastHour: Date | null;
};

const dayMs = 86_400_000;

/** Every meter with who uses it; the active first. */
export async function listAllMeters(ctx: PlatformContext): Promise<MeterRow[]> {
  requirePlatform(ctx, "plans:read");

  const since = new Date(ctx.now().getTime() - 30 * dayMs);
  return view(
    ctx,
    (tx) => tx.$queryRaw<MeterRow[]>`
      select m.key, m.name, m.aggregation::text as aggregation, m.unit,
        m.event_name as "eventName", m.stripe_meter_id as "stripeMeterId",
        m.deactivated_at as "deactivatedAt",
        array(select distinct p.name from plans p join plan_versions v on v.plan_id = p.id
          left join components c on c.version_id = v.id
          where v.published_at is not null and v.retired_at is null and (c.meter_key = m.key
            or v.features @> jsonb_build_array(jsonb_build_object('meterKey', m.key)))
          order by 1) as plans,
        (select count(distinct b.tenant_id)::integer from usage_buckets b
          where b.meter_key = m.key and b.hour >= ${since}) as tenants,
        (select max(b.hour) from usage_buckets b
          where b.meter_key = m.key and b.hour >= ${since}) as "lastHour"
      from meters m order by m.deactivated_at is not null, m.name, m.key`,
  );
}
