import { advanceSchedule } from "#sandbox/billing/schedule-phases";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import { draftRecurring, noneUpcoming, runToNextInvoice } from "#sandbox/resources/next-invoice";
import type { PreviewSent } from "#sandbox/resources/preview-fields";
import { createSchedule, updateSchedule } from "#sandbox/resources/schedule-changes";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** What a schedule bills next: one there is, with a change made to it, or one that is only thought
 *  of. */
export function previewSchedule(
  world: World,
  customer: () => Row<"customer">,
  params: PreviewSent,
): Invoice {
  refuseMixed(params);
  const {
    billing_mode: _mode,
    pause_schedules: _pauses,
    proration_behavior: behavior,
    ...details
  } = params.schedule_details ?? {};
  if (params.schedule === undefined) {
    const start = details.phases?.[0]?.start_date;
    const row = createSchedule(world, {
      ...details,
      customer: customer().object.id,
      ...(start === undefined ? {} : { start_date: start }),
    });
    return firstInvoice(world, row.object.id, params);
  }
  const row = get(world, "subscription_schedule", params.schedule, "schedule");
  if (!["active", "not_started"].includes(row.object.status)) {
    throw noneUpcoming(row.object.customer);
  }
  const before = latestOf(world, row.object.subscription);
  if (Object.keys(details).length > 0) {
    updateSchedule(world, row, {
      ...details,
      ...(behavior === undefined ? {} : { proration_behavior: behavior }),
    });
  }
  if (row.object.status === "not_started") return firstInvoice(world, row.object.id, params);
  const subscription = get(world, "subscription", row.object.subscription ?? "");
  if (params.preview_mode === "recurring") return draftRecurring(world, subscription.object);
  const after = subscription.object.latest_invoice;
  if (after !== before) return get(world, "invoice", after ?? undefined).object;
  return runToNextInvoice(world, subscription.object.id);
}

// The bill of the day a schedule begins.
function firstInvoice(world: World, id: string, params: PreviewSent): Invoice {
  const { phases } = get(world, "subscription_schedule", id).object;
  const start = phases[0]?.start_date ?? world.now();
  world.namespace.clock.holdAt(Math.max(start, world.now()), () => advanceSchedule(world, id));
  const { subscription } = get(world, "subscription_schedule", id).object;
  const begun = get(world, "subscription", subscription ?? undefined).object;
  if (params.preview_mode === "recurring") return draftRecurring(world, begun);
  if (begun.latest_invoice === null) return runToNextInvoice(world, begun.id);
  return get(world, "invoice", begun.latest_invoice).object;
}

function latestOf(world: World, subscription: string | null): string | null {
  return world.find("subscription", subscription ?? "")?.object.latest_invoice ?? null;
}

function refuseMixed(params: PreviewSent): void {
  const other = (["subscription", "subscription_details"] as const).find(
    (name) => params[name] !== undefined,
  );
  if (other === undefined) return;
  const message = `You cannot use \`schedule\` or \`schedule_details\` with \`${other}\`.`;
  throw invalidRequest(message, undefined, other);
}
