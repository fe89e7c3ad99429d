import { methodOfToken } from "#sandbox/payments/test-names";
import type { World } from "#sandbox/world/world";

type Sent = Record<string, unknown>;

const types = ({ payment_method_types: types, ...sent }: Sent): Sent =>
  types === undefined ? sent : { ...sent, allowed_payment_method_types: types };

/** Parameters that were renamed since, by the route they were sent to. */
const renamed: Record<string, (sent: Sent, world: World) => Sent> = {
  "POST /v1/checkout/sessions": types,
  "POST /v1/payment_intents": types,
  "POST /v1/setup_intents": types,
  // basil: a customer takes no source, and a promotion code names what it promotes.
  "POST /v1/customers": ({ source, ...sent }) => {
    const method = methodOfToken(String(source));
    if (method === undefined) return source === undefined ? sent : { ...sent, source };
    return {
      ...sent,
      payment_method: method,
      invoice_settings: { default_payment_method: method },
    };
  },
  "POST /v1/promotion_codes": ({ coupon, ...sent }) =>
    coupon === undefined ? sent : { ...sent, promotion: { type: "coupon", coupon } },
  // clover: a phase lasts for a duration, not for a number of its price's intervals.
  "POST /v1/subscription_schedules": (sent, world) =>
    Array.isArray(sent.phases)
      ? { ...sent, phases: sent.phases.map((phase: Sent) => withDuration(phase, world)) }
      : sent,
};

/** What a request that names no version may still call by an older name: who sends none uses the
 *  version its account began with, as the Stripe CLI does. */
export function olderParams(world: World, name: string, sent: Sent): Sent {
  return renamed[name]?.(sent, world) ?? sent;
}

/** Whether a route has parameters with older names. */
export function hasOlderParams(name: string): boolean {
  return Object.hasOwn(renamed, name);
}

function withDuration({ iterations, ...phase }: Sent, world: World): Sent {
  if (iterations === undefined) return phase;
  const [item] = (phase.items ?? []) as { price?: string }[];
  const recurring = world.find("price", item?.price ?? "")?.object.recurring;
  const { interval = "month", interval_count: each = 1 } = recurring ?? {};
  return { ...phase, duration: { interval, interval_count: each * Number(iterations) } };
}
