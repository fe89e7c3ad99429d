import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import {
  differenceOf,
  mostEvents,
  type RefusedEvent,
  type StoredEvent,
  type UsageEvent,
  type UsageReceipt,
} from "#lib/usage/event";
import { findOriginals } from "#lib/usage/find-originals";
import type { Gate } from "#lib/usage/gate";
import { knownMeters, rememberedMeters } from "#lib/usage/known-meters";
import { type Fault, readEvent } from "#lib/usage/read-event";
import { readStanding, rememberedStanding } from "#lib/usage/standing";
import { type Fate, storeUsage } from "#lib/usage/store-usage";

const dayMs = 86_400_000;

/**
 * Takes usage as it was sent, one event or an array of them. Each event stands for itself: what is
 * good is stored once and counted in the same commit, what is not is refused by its index. Sending
 * everything again is always safe.
 */
export async function takeUsage(ctx: TenantContext, sent: unknown): Promise<UsageReceipt> {
  requirePermission(ctx, "usage:write");
  const items = Array.isArray(sent) ? sent : [sent];
  if (items.length === 0) throw new Refusal("invalid", "The list of events is empty.");
  if (items.length > mostEvents) {
    const message = `Up to ${mostEvents} events fit into a request; these are ${items.length}.`;
    throw new Refusal("too_large", message);
  }
  const now = ctx.now();
  const lateDays = env().USAGE_LATE_DAYS;
  const named = metersOf(items);
  const meters = rememberedMeters(ctx.db, named) ?? (await knownMeters(ctx.db, named));
  const events: { index: number; event: UsageEvent }[] = [];
  const refused: RefusedEvent[] = [];
  const options = { meters, now, lateDays };
  for (let index = 0; index < items.length; index += 1) {
    const read = readEvent(items[index], options);
    if ("key" in read) events.push({ index, event: read });
    else refused.push(faulty(index, items[index], read));
  }
  if (events.length === 0) return { accepted: 0, duplicates: 0, refused };

  const { gates } = rememberedStanding(ctx) ?? (await readStanding(ctx));
  const fates = await storeUsage(ctx.db, {
    ...{ tenantId: ctx.tenantId, events: events.map(({ event }) => event), meters, gates },
    // A day more than can be late, so that no clock's step lets a copy through.
    ...{ oldest: new Date(now.getTime() - (lateDays + 1) * dayMs), receivedAt: now },
  });
  if (fates.every((fate) => fate === "stored")) {
    return { accepted: fates.length, duplicates: 0, refused };
  }
  return conclude(ctx, events, { fates, gates, refused });
}

/** The meters named, as far as they can be read before anything is checked. */
function metersOf(items: readonly unknown[]): string[] {
  const named = new Set<string>();
  for (const item of items) {
    const meter = (item as { meter?: unknown } | null)?.meter;
    if (typeof meter === "string") named.add(meter);
  }
  return [...named];
}

function faulty(index: number, item: unknown, { field, detail }: Fault): RefusedEvent {
  const key = (item as { key?: unknown } | null)?.key;
  const named = typeof key === "string" ? key.slice(0, 255) : null;
  return { index, key: named, status: 400, code: "invalid", field, detail };
}

type Outcome = { fates: Fate[]; gates: readonly Gate[]; refused: RefusedEvent[] };

async function conclude(
  ctx: TenantContext,
  events: readonly { index: number; event: UsageEvent }[],
  { fates, gates, refused }: Outcome,
): Promise<UsageReceipt> {
  const of = fates.map((fate, place) => ({ ...events[place]!, fate }));
  const differing = of.filter(
    (one): one is typeof one & { fate: StoredEvent } =>
      typeof one.fate === "object" && differenceOf(one.event, one.fate) !== null,
  );
  const corrected = differing.filter(({ fate }) => fate.corrected).map(({ event }) => event.key);
  const originals = await findOriginals(ctx, corrected);
  const conflicts = differing.flatMap(({ index, event, fate }) => {
    const difference = differenceOf(event, originals.get(event.key) ?? fate);
    return difference ? [conflicting(index, event.key, difference)] : [];
  });
  const over = of.filter(({ fate }) => fate === "over");
  const all = [
    ...refused,
    ...conflicts,
    ...over.map((one) => overCap(one.index, one.event, gates)),
  ];
  const accepted = fates.filter((fate) => fate === "stored").length;
  return {
    accepted,
    duplicates: events.length - accepted - conflicts.length - over.length,
    refused: all.sort((left, right) => left.index - right.index),
  };
}

function conflicting(
  index: number,
  key: string,
  { field, was, is }: { field: string; was: string; is: string },
): RefusedEvent {
  const detail =
    `${key} already names other usage: its ${field} was ${was}, and is ${is} now. ` +
    "Send new usage under a new key, or replace this event: PUT /api/v1/usage/{key}.";
  return { index, key, status: 409, code: "conflict", field, detail };
}

function overCap(index: number, event: UsageEvent, gates: readonly Gate[]): RefusedEvent {
  const gate = gates.find(
    ({ meterKey, from, to }) =>
      meterKey === event.meterKey && event.at >= from.toISOString() && event.at < to.toISOString(),
  );
  const mend =
    gate?.by === "plan"
      ? "Move to a plan with more, or wait for the next period."
      : "Raise or remove the cap under Billing, Usage, or wait for the next period.";
  const until = gate ? ` until ${gate.to.toISOString()}` : "";
  const detail = `The hard cap of ${gate?.most ?? ""} on ${event.meterKey} holds${until}. ${mend}`;
  const code = "payment_required";
  return { index, key: event.key, status: 402, code, field: "value", detail };
}
