import type { ChangeInput } from "#lib/billing/change-input";
import { requireChangeable, type Standing } from "#lib/billing/change-standing";
import type { ChangeDraft } from "#lib/billing/draft-change";
import type { TenantContext } from "#lib/tenancy/context";

type Input<K extends ChangeInput["kind"]> = Extract<ChangeInput, { kind: K }>;
const nothing = { now: null, next: null } as const;

/** Stopping for a while: usage so far is billed, unused time becomes credit, and access ends. */
export async function draftPause(
  ctx: TenantContext,
  standing: Standing,
  { months }: Input<"pause">,
): Promise<ChangeDraft> {
  requireChangeable(standing, "pause");
  const { id: subscriptionId, scheduleId: releases } = standing.live;
  return {
    ...{ kind: "pause", choice: { kind: "pause", months }, effectiveAt: null, isExact: false },
    resumesAt: months === null ? null : inMonths(ctx.now(), months),
    request: { call: "pause", releases },
    questions: { ...nothing, now: { kind: "pause", subscriptionId } },
  };
}

/** Going on: a new period begins, and is paid for, now. */
export async function draftResume(_ctx: TenantContext, standing: Standing): Promise<ChangeDraft> {
  requireChangeable(standing, "resume");
  const { id: subscriptionId } = standing.live;
  return {
    ...{ kind: "resume", choice: { kind: "resume" }, effectiveAt: null, isExact: true },
    request: { call: "resume", releases: null },
    questions: { ...nothing, now: { kind: "resume", subscriptionId } },
  };
}

/** Ending when what is paid for ends. What was planned for that day is dropped. */
export async function draftCancel(
  _ctx: TenantContext,
  standing: Standing,
  { reason, comment }: Input<"cancel">,
): Promise<ChangeDraft> {
  requireChangeable(standing, "cancel");
  const { id: subscriptionId, scheduleId: releases, items } = standing.live;
  return {
    ...{ kind: "cancel", choice: { kind: "cancel" }, isExact: true, reason, comment },
    effectiveAt: new Date(Math.max(...items.map(({ periodEnd }) => periodEnd.getTime()))),
    request: { call: "cancel", feedback: reason, releases },
    questions: { ...nothing, next: { kind: "ending", subscriptionId, isEnding: true } },
  };
}

/** Ending now: usage so far is billed, and what was paid is not given back. */
export async function draftCancelNow(
  _ctx: TenantContext,
  standing: Standing,
  { reason, comment }: Input<"cancel_now">,
): Promise<ChangeDraft> {
  requireChangeable(standing, "cancel_now");
  const { id: subscriptionId, scheduleId: releases, status } = standing.live;
  const isBilled = status !== "paused" && status !== "unpaid";
  return {
    ...{ kind: "cancel_now", choice: { kind: "cancel_now" }, isExact: true, reason, comment },
    effectiveAt: null,
    request: { call: "cancel_now", feedback: reason, releases },
    questions: { ...nothing, now: isBilled ? { kind: "cancel_now", subscriptionId } : null },
  };
}

/** Going on after all, as if nothing had been said. */
export async function draftKeep(_ctx: TenantContext, standing: Standing): Promise<ChangeDraft> {
  requireChangeable(standing, "undo_cancel");
  const { id: subscriptionId } = standing.live;
  return {
    ...{ kind: "undo_cancel", choice: { kind: "undo_cancel" }, effectiveAt: null, isExact: true },
    request: { call: "keep", releases: null },
    questions: { ...nothing, next: { kind: "ending", subscriptionId, isEnding: false } },
  };
}

/** The same day some months on, or the last of the month where it has no such day. */
function inMonths(from: Date, months: number): Date {
  const at = new Date(from);
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(from.getUTCDate(), last));
  return at;
}
