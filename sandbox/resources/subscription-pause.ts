import { dueUsage } from "#sandbox/billing/advance-subscription";
import { announce } from "#sandbox/billing/announce-subscription";
import { billNow, keepAll } from "#sandbox/billing/bill-changes";
import { collectInvoice, methodFor, voidInvoice } from "#sandbox/billing/collect-invoice";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { itemsOf } from "#sandbox/billing/items";
import type { Line } from "#sandbox/billing/lines";
import { prorationLines } from "#sandbox/billing/prorate-item";
import {
  draftResumption,
  openPeriods,
  type ResumeAnchor,
} from "#sandbox/billing/resume-subscription";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, oneOf, type Params, required, type Shape, shape } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const hoursToPay = 23;
/** What pausing takes. */
export const pauseFields = {
  bill_for: shape({
    outstanding_usage_through: shape({ type: required(oneOf(["none", "now"])) }),
    unused_time_from: shape({
      type: required(oneOf(["item_current_period_start", "none", "now"])),
    }),
  }),
  invoicing_behavior: oneOf(["invoice", "pending_invoice_item"]),
  type: oneOf(["subscription"]),
} satisfies Shape;
const resumeFields = {
  billing_cycle_anchor: shape({ type: required(oneOf(["now", "unchanged"])) }),
  payment_behavior: oneOf(["resume_on_payment_attempt", "resume_on_payment_success"]),
  proration_behavior: behaviors,
  proration_date: integer,
} satisfies Shape;
type PauseSent = Params<typeof pauseFields>;
type ResumeSent = Params<typeof resumeFields>;

/** Stopping a subscription for a while, and going on with it. */
export const subscriptionPauseRoutes: Routes = {
  "POST /v1/subscriptions/:id/pause": route(pauseFields, (world, params, { id }) => {
    const row = get(world, "subscription", id);
    pauseSubscription(world, row, params);
    return show(world, row.object);
  }),
  "POST /v1/subscriptions/:id/resume": route(resumeFields, (world, params, { id }) => {
    const row = get(world, "subscription", id);
    resumeSubscription(world, row, params);
    return show(world, get(world, "subscription", row.object.id).object);
  }),
};

/** Stops a subscription, billing what it was told to. */
export function pauseSubscription(world: World, row: Row<"subscription">, params: PauseSent): void {
  if (!["active", "trialing", "past_due"].includes(row.object.status)) {
    throw invalidRequest(`A subscription that is ${row.object.status} cannot be paused.`);
  }
  const lines = pauseLines(world, row.object, params);
  if (params.invoicing_behavior === "invoice" && lines.length > 0) {
    billNow(world, row.object, lines);
    Object.assign(row, get(world, "subscription", row.object.id));
  } else {
    keepAll(world, row.object, lines);
  }
  pause(world, row);
}

/** Goes on with a subscription that is paused, once what that costs is paid. */
export function resumeSubscription(
  world: World,
  row: Row<"subscription">,
  params: ResumeSent,
): void {
  if (row.object.status !== "paused") {
    throw invalidRequest("Only a paused subscription can be resumed.", undefined, "id");
  }
  world.unschedule("subscription.resume", row.object.id);
  resume(world, row, params);
}

/** A pause that was for a time is over. */
export function endPause(world: World, id: string): void {
  const row = world.find("subscription", id);
  if (row?.object.status === "paused") resumeSubscription(world, row, {});
}

/** What pausing bills: the usage so far, and what is left of the periods back. */
export function pauseLines(
  world: World,
  subscription: ObjectOf<"subscription">,
  { bill_for: bill }: PauseSent,
): Line[] {
  const from = bill?.unused_time_from?.type ?? "none";
  const at = (item: Row<"subscription_item">) =>
    from === "now" ? world.now() : item.object.current_period_start;
  return [
    ...(bill?.outstanding_usage_through?.type === "none" ? [] : dueUsage(world, subscription)),
    ...(from === "none"
      ? []
      : itemsOf(world, subscription.id).flatMap((item) =>
          prorationLines(world, item, null, at(item)),
        )),
  ];
}

/** Nobody paid for resuming: it stays paused, and its invoice is void. */
export function expireResumption(world: World, id: string): void {
  const row = world.find("subscription", id);
  const invoice = world.find("invoice", row?.object.latest_invoice ?? "");
  if (row?.object.status !== "paused" || invoice?.object.status !== "open") return;
  voidInvoice(world, invoice);
}

function pause(world: World, row: Row<"subscription">): void {
  const before = row.object.status;
  world.unschedule("subscription.advance", row.object.id);
  world.unschedule("subscription.trial-will-end", row.object.id);
  row.object = { ...row.object, status: "paused" };
  world.save(row);
  announce(world, "customer.subscription.paused", row.object, { status: before });
}

function resume(
  world: World,
  row: Row<"subscription">,
  { billing_cycle_anchor, payment_behavior, proration_behavior, proration_date }: ResumeSent,
): void {
  const behavior = payment_behavior ?? "resume_on_payment_success";
  const prorates = proration_behavior !== "none";
  const anchor: ResumeAnchor = billing_cycle_anchor?.type ?? "now";
  const invoice = draftResumption(world, row, anchor, { from: proration_date, prorates });
  if (invoice !== undefined) {
    finalizeInvoice(world, invoice);
    const method = methodFor(world, invoice);
    if (invoice.object.status === "open" && method !== undefined) {
      collectInvoice(world, invoice, method, { isOffSession: true, isAuthenticated: false });
    }
  }
  const after = get(world, "subscription", row.object.id);
  if (after.object.status !== "paused") return;
  if (invoice?.object.status === "open" && behavior === "resume_on_payment_success") {
    world.schedule("subscription.expire-resume", row.object.id, world.now() + hoursToPay * 3600);
    return;
  }
  openPeriods(world, after);
  const status = invoice?.object.status === "open" ? "past_due" : "active";
  after.object = { ...after.object, status };
  world.save(after);
  announce(world, "customer.subscription.resumed", after.object, { status: "paused" });
}
