import type { z } from "zod";
import { compareDecimals, parseDecimal } from "#lib/catalog/rational";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { differenceOf, plainDecimal, type StoredEvent, type UsageEvent } from "#lib/usage/event";
import type { replaceUsageInput, voidUsageInput } from "#lib/usage/input";
import { knownMeters } from "#lib/usage/known-meters";
import { readEvent } from "#lib/usage/read-event";
import { readStanding } from "#lib/usage/standing";
import { type UsageOf, usageOfAll } from "#lib/usage/usage-so-far";

type Named = { key: string };
type Found = StoredEvent & { voidedAt: Date | null };

const dayMs = 86_400_000;

/** Takes an event back: it is kept, marked, and counted no more. Twice is once. */
export async function voidUsage(
  ctx: TenantContext,
  { key, reason }: Named & z.output<typeof voidUsageInput>,
): Promise<void> {
  requirePermission(ctx, "usage:correct");
  await transact(ctx, "usage.void-event", async (tx) => {
    const event = await holdEvent(tx, ctx, key);
    if (event.voidedAt) return;
    await keepCorrection(tx, ctx, { key, reason, before: event, after: null });
    await tx.$executeRaw`
      update usage_events set voided_at = ${ctx.now()}, corrected_at = ${ctx.now()}
      where tenant_id = ${ctx.tenantId} and key = ${key} and at = ${new Date(event.at)}`;
    await recount(tx, ctx, event);
  });
}

/**
 * Puts other content under an event's key. What it was stays in the corrections, so that a copy of
 * the first sending is still known. A hard cap holds here too.
 */
export async function replaceUsage(
  ctx: TenantContext,
  { key, reason, ...sent }: Named & z.output<typeof replaceUsageInput>,
): Promise<void> {
  requirePermission(ctx, "usage:correct");
  const meters = await knownMeters(ctx.db, [sent.meter]);
  const { gates } = await readStanding(ctx);
  await transact(ctx, "usage.replace-event", async (tx) => {
    const before = await holdEvent(tx, ctx, key);
    if (before.voidedAt) {
      throw new Refusal("conflict", "This event was voided. Send new usage under a new key.");
    }
    const options = { meters, now: ctx.now(), lateDays: env().USAGE_LATE_DAYS };
    const event = readEvent({ key, at: new Date(before.at).toISOString(), ...sent }, options);
    if (!("key" in event)) throw new Refusal("invalid", event.detail, { field: event.field });
    if (!differenceOf(event, before)) return;

    const capped = gates.map(({ meterKey, from, to }): UsageOf => {
      return { tenantId: ctx.tenantId, meterKey, from, to };
    });
    const was = await usageOfAll(tx, capped);
    await keepCorrection(tx, ctx, { key, reason, before, after: contentOf(event) });
    await rewrite(tx, ctx, before, event);
    await recount(tx, ctx, before);
    await recount(tx, ctx, { meter: event.meterKey, at: event.at });
    const is = await usageOfAll(tx, capped);
    for (const [index, { most, meterKey }] of gates.entries()) {
      const [after, before, cap] = [is[index]!, was[index]!, most].map(parseDecimal);
      if (compareDecimals(after!, cap!) <= 0 || compareDecimals(after!, before!) <= 0) continue;
      const message = `The hard cap of ${most} on ${meterKey} holds. Raise it first.`;
      throw new Refusal("payment_required", message, { field: "value" });
    }
  });
}

/** The event of a key, with the tenant's usage held until the transaction ends. */
async function holdEvent(tx: Tx, ctx: TenantContext, key: string): Promise<Found> {
  await tx.$executeRaw`select app.hold_usage(${[ctx.tenantId]})`;
  const oldest = new Date(ctx.now().getTime() - env().USAGE_LATE_DAYS * dayMs);
  // Two days more are looked through, so that what is just too old is told apart from what is not.
  const [event] = await tx.$queryRaw<Found[]>`
    select meter_key as meter, at, value::text, unique_value as unique, dimensions,
      corrected_at is not null as corrected, voided_at as "voidedAt"
    from usage_events where tenant_id = ${ctx.tenantId} and key = ${key}
      and at >= ${new Date(oldest.getTime() - 2 * dayMs)} limit 1`;
  if (!event) {
    const message = "No event of the last weeks has this key. Check it, and whose key you use.";
    throw new Refusal("not_found", message);
  }
  if (new Date(event.at) < oldest) {
    const message = `It is more than ${env().USAGE_LATE_DAYS} days old, and its bill is closed.`;
    throw new Refusal("gone", `${message} Ask us to credit it.`);
  }
  return event;
}

async function keepCorrection(
  tx: Tx,
  ctx: TenantContext,
  { key, reason, before, after }: Named & { reason: string; before: Found; after: object | null },
): Promise<void> {
  const { voidedAt: _, ...was } = before;
  await tx.usageCorrection.create({
    data: {
      ...{ id: newId("usageCorrection", ctx.now()), tenantId: ctx.tenantId, eventKey: key, reason },
      ...{ meterKey: before.meter, madeBy: ctx.userId, madeAt: ctx.now() },
      before: { ...was, at: new Date(was.at).toISOString(), value: plainDecimal(was.value) },
      ...(after && { after }),
    },
  });
}

function contentOf({ meterKey: meter, at, value, uniqueValue: unique, dimensions }: UsageEvent) {
  return { meter, at, value, unique, dimensions };
}

/** The instant may be of another month: PostgreSQL moves the row to its partition. */
async function rewrite(tx: Tx, ctx: TenantContext, before: Found, event: UsageEvent) {
  const { key, meterKey, at, value, uniqueValue, dimensions } = event;
  const json = dimensions === null ? null : JSON.stringify(dimensions);
  await tx.$executeRaw`update usage_events set meter_key = ${meterKey}, at = ${new Date(at)},
      value = ${value}::numeric, unique_value = ${uniqueValue}, dimensions = ${json}::jsonb,
      corrected_at = ${ctx.now()}
    where tenant_id = ${ctx.tenantId} and key = ${key} and at = ${new Date(before.at)}`;
}

async function recount(tx: Tx, ctx: TenantContext, of: { meter: string; at: string }) {
  await tx.$executeRaw`select app.recount_usage(${ctx.tenantId}, ${of.meter}, ${new Date(of.at)})`;
}
