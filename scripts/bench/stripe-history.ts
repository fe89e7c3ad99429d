import { startLocalStripe } from "#scripts/bench/local-stripe";

/** A snapshot event, as Stripe lists it. */
export type StripeEvent = {
  id: string;
  type: string;
  created: number;
  data: { object: { id?: string; object: string } };
};
/** What happened on a platform, oldest first, and every object as it was in the end. */
export type History = { events: StripeEvent[]; objects: Map<string, object> };

/** The types of event that a sync engine handles too, without asking Stripe for more. */
const sharedTypes = new RegExp(
  `^(${[
    String.raw`charge\.(captured|failed|refunded|succeeded|updated)`,
    String.raw`customer\.(created|deleted|updated)`,
    String.raw`customer\.subscription\.(created|deleted|trial_will_end|updated)`,
    String.raw`invoice\.(created|finalized|paid|payment_failed|payment_succeeded|updated|voided)`,
    String.raw`payment_intent\.(created|payment_failed|requires_action|succeeded)`,
    String.raw`(price|product)\.(created|updated)`,
  ].join("|")})$`,
);

/**
 * The platform's own events of some months of a believable platform, made by the local Stripe from
 * a seed: customers, cards, subscriptions, renewals, failed payments.
 */
export async function readHistory(tenants: number, months: number): Promise<History> {
  const stripe = await startLocalStripe();
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${stripe.port}${path}`, {
      headers: { authorization: "Bearer sk_test_bench", "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}.`);
    return (await response.json()) as { data: StripeEvent[]; has_more: boolean };
  };
  try {
    await ask("/_sandbox/generate", { seed: 1, tenants, months });
    const newestFirst: StripeEvent[] = [];
    for (let after = ""; ; ) {
      const { data, has_more: hasMore } = await ask(`/v1/events?limit=100${after}`);
      newestFirst.push(...data);
      if (!hasMore) break;
      after = `&starting_after=${data.at(-1)!.id}`;
    }
    return historyOf(newestFirst.reverse().filter(({ type }) => sharedTypes.test(type)));
  } finally {
    await stripe.close();
  }
}

/** The same history of other objects: every id is new, so nothing of it was heard before. */
export function retell({ events }: History, mark: string): History {
  const text = JSON.stringify(events);
  // An id has a digit or a capital in it, a field's name has neither.
  const renamed = text.replaceAll(/"([a-z_]+_)(?=[a-z]*[A-Z0-9])(\w{8,})"/g, `"$1${mark}$2"`);
  return historyOf(JSON.parse(renamed) as StripeEvent[]);
}

function historyOf(events: StripeEvent[]): History {
  const objects = new Map(
    events.map(({ data: { object } }) => [object.id ?? "", object as object]),
  );
  return { events, objects };
}
