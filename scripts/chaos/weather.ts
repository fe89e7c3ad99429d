import type { Random } from "#scripts/chaos/random";
import type { StripeWorld } from "#scripts/chaos/stripe-world";

const reads = [
  ...["customers", "products", "prices", "payment_intents", "charges", "refunds", "disputes"],
  ...["payouts", "transfers", "subscriptions", "invoices"],
].map((name) => `GET /v1/${name}/:id`);
const writes = [
  ...["POST /v1/customers", "POST /v1/customers/:id", "POST /v1/products", "POST /v1/refunds"],
  ...["POST /v1/payment_intents", "POST /v1/subscriptions", "POST /v1/invoices"],
];

/** Makes Stripe answer badly, now and then, whatever it is asked. */
export async function worsen({ act }: StripeWorld, random: Random): Promise<void> {
  for (const route of reads) {
    if (random.chance(0.4)) continue;
    const kind = random.pick(["429", "500", "timeout", "drop_after_write"]);
    await act("faults", { route, kind, count: random.int(1, 6) });
  }
  for (const route of writes) {
    // Two in a row: whoever tries a third time, as the SDK does, is answered.
    const kind = random.pick(["500", "timeout", "drop_after_write"]);
    if (random.chance(0.5)) await act("faults", { route, kind, count: random.int(1, 2) });
  }
  const events = { route: "GET /v1/events", kind: random.pick(["429", "500", "timeout"]) };
  if (random.chance(0.3)) await act("faults", { ...events, count: 1 });
}

/** Lets Stripe answer again as it should. */
export async function clearUp({ act }: StripeWorld): Promise<void> {
  for (const route of [...reads, ...writes, "GET /v1/events"]) {
    await act("faults", { route, kind: "off" });
  }
}
