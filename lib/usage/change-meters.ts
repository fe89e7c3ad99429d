import { z } from "zod";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import { forgetMeters } from "#lib/usage/known-meters";
import { aggregations } from "#lib/usage/meter";

const name = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(100, "A name is up to 100 characters.");

export const newMeterInput = z.object({
  key: z
    .string()
    .trim()
    .regex(
      /^[a-z][a-z0-9_]{0,39}$/,
      "A key is up to 40 small letters, digits and _, such as api_calls.",
    )
    .describe("What senders name it by. It is also the name of its events at Stripe."),
  name,
  aggregation: z.enum(aggregations).describe("It stays what it is."),
  unit: z
    .string()
    .trim()
    .max(30, "A unit is a word.")
    .transform((text) => text || null)
    .nullable()
    .default(null)
    .describe("The word for one of it: call, GB."),
});
export const renameMeterInput = z.object({ name });
export const switchMeterInput = z.object({ isActive: z.boolean() });

type Keyed = { key: string };

/** Makes a meter. Stripe has one too as soon as the first plan that sells by it is published. */
export async function createMeter(
  ctx: PlatformContext,
  { key, name, aggregation, unit }: z.output<typeof newMeterInput>,
): Promise<{ key: string }> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "usage.create-meter", async (tx) => {
    const row = { key, name, aggregation, unit, eventName: key };
    const { count } = await tx.meter.createMany({ data: [row], skipDuplicates: true });
    if (count > 0) return;
    throw new Refusal("conflict", `There is a meter ${key} already.`, { field: "key" });
  });
  forgetMeters(ctx.db);
  return { key };
}

/** Calls it otherwise, here and at Stripe. What it counts, and by which key, stays. */
export async function renameMeter(
  ctx: PlatformContext,
  { key, name }: Keyed & z.output<typeof renameMeterInput>,
): Promise<void> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "usage.rename-meter", async (tx) => {
    const { count } = await tx.meter.updateMany({ where: { key }, data: { name } });
    if (count === 0) throw noMeter(key);
    await enqueue(tx, "usage.keep-meter", { key }, { key: `usage.keep-meter:${key}` });
  });
  forgetMeters(ctx.db);
}

/**
 * Stops a meter or has it count again. One that a plan on sale or a live subscription stands on
 * cannot be stopped: its usage would be lost to the bill.
 */
export async function switchMeter(
  ctx: PlatformContext,
  { key, isActive }: Keyed & z.output<typeof switchMeterInput>,
): Promise<void> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "usage.switch-meter", async (tx) => {
    const meter = await tx.meter.findUnique({ where: { key } });
    if (!meter) throw noMeter(key);
    if ((meter.deactivatedAt === null) === isActive) return;
    if (!isActive) {
      const used = await tx.$queryRaw<{ name: string }[]>`
        select distinct p.name from components c join plan_versions v on v.id = c.version_id
          join plans p on p.id = v.plan_id
        where c.meter_key = ${key} and ((v.published_at is not null and v.retired_at is null)
          or exists (select from prices r join stripe_subscription_items i
            on i.price_id = r.stripe_price_id join subscriptions s on s.id = i.subscription_id
              and s.status not in ('canceled', 'incomplete_expired')
            where r.component_id = c.id)) order by 1`;
      if (used.length > 0) {
        const names = used.map((row) => row.name).join(", ");
        const message = `${names} bills by it. Retire that and migrate its subscribers first.`;
        throw new Refusal("conflict", message);
      }
    }
    const deactivatedAt = isActive ? null : ctx.now();
    await tx.meter.update({ where: { key }, data: { deactivatedAt } });
    await enqueue(tx, "usage.keep-meter", { key }, { key: `usage.keep-meter:${key}` });
  });
  forgetMeters(ctx.db);
}

function noMeter(key: string): Refusal {
  return new Refusal("not_found", `There is no meter ${key}.`);
}
