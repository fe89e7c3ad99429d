import { usageOf } from "#sandbox/billing/usage";
import { compare, formatDecimal, rational } from "#sandbox/money/rational";
import type { World } from "#sandbox/world/world";

/** Warns of every alert of a meter that a customer's usage has now reached, once for each. */
export function checkAlerts(world: World, meter: string, customer: string): void {
  const row = world.find("billing.meter", meter);
  if (row === undefined) return;
  for (const alert of world.list("billing.alert", { parent: meter, status: "active" })) {
    const { usage_threshold: threshold } = alert.object;
    if (threshold === null || alert.hidden.triggeredFor.includes(customer)) continue;
    const only = threshold.filters?.map((filter) => filter.customer) ?? [];
    if (only.length > 0 && !only.includes(customer)) continue;
    const period = { start: alert.hidden.createdAt, end: world.now() + 301 };
    const value = usageOf(world, row.object, customer, period);
    if (compare(value, rational(threshold.gte)) < 0n) continue;
    alert.hidden = {
      ...alert.hidden,
      triggeredFor: [...alert.hidden.triggeredFor, customer],
    };
    world.save(alert);
    world.emit("billing.alert.triggered", {
      object: "billing.alert_triggered",
      alert: alert.object,
      created: world.now(),
      customer,
      livemode: false,
      value: Number(formatDecimal(value)),
    });
  }
}
