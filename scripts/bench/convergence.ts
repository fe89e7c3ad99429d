import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { StripeSync } from "@supabase/stripe-sync-engine";
import type Stripe from "stripe";
import { openDb } from "#lib/db/client";
import { convergers } from "#lib/dispatch/stripe-objects";
import { readDelivery } from "#lib/events/delivery";
import { inboxRowOf } from "#lib/events/inbox-row";
import { startInbox } from "#lib/events/inbox-worker";
import { storeDelivery } from "#lib/events/store-delivery";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { Bench } from "#scripts/bench/bench";
import { drain } from "#scripts/bench/load";
import { contextOn, openStage } from "#scripts/bench/stage";

// As an ES module it does not find its own migrations, and does not say so.
const { runMigrations } = createRequire(import.meta.url)(
  "@supabase/stripe-sync-engine",
) as typeof import("@supabase/stripe-sync-engine");

const objects = 2_000;

/** How fast stored events become mirrors, beside a sync engine that does only that. */
export const convergence: Bench = {
  about: "events to mirrors, beside @supabase/stripe-sync-engine on the same events and server",
  open: async () => {
    const stage = await openStage();
    const db = openDb(stage.appUrl, 12);
    const system = contextOn(db, { kind: "system" });
    await runMigrations({ databaseUrl: stage.superUrl, schema: "stripe" });
    const engine = new StripeSync({
      ...{ stripeSecretKey: "sk_test_bench", stripeWebhookSecret: "whsec_bench" },
      poolConfig: { connectionString: stage.superUrl, max: 10 },
    });

    const ours = async (): Promise<number> => {
      const events = eventsOf(objects);
      await Promise.all(
        events.map((event) => {
          const how = { at: new Date(), isLive: false };
          const text = JSON.stringify(event);
          return storeDelivery(db, inboxRowOf("account", readDelivery(event)!, text, how));
        }),
      );
      const began = performance.now();
      const inbox = startInbox(system, { convergers, effects: async () => {}, gateway: nobody });
      await inbox.idle();
      const seconds = (performance.now() - began) / 1000;
      await inbox.stop();
      return events.length / seconds;
    };
    const theirs = async (): Promise<number> => {
      const events = eventsOf(objects) as unknown as Stripe.Event[];
      return (await drain(events, 10, (event) => engine.processEvent(event as never))).perSecond;
    };
    return {
      figures: [
        {
          ...{ name: "customers and charges, twice each", unit: "events per s" },
          ...{ goal: { atLeast: 8 }, subject: ours },
          beside: { name: "stripe-sync-engine", run: theirs },
        },
      ],
      close: async () => {
        await engine.postgresClient.pool.end();
        await db.close();
        await stage.close();
      },
    };
  },
};

/** No event here has to be asked about; one that did would be a fault of the bench. */
const nobody = new Proxy({} as StripeGateway, {
  get: (_none, name) => () => {
    throw new Error(`Stripe was asked: ${String(name)}`);
  },
});

/** Two events a second apart for each of so many customers and charges, all new. */
function eventsOf(count: number): object[] {
  const batch = randomBytes(5).toString("hex");
  return Array.from({ length: count * 2 }, (_, place) => {
    const [index, turn] = [place % count, Math.floor(place / count)];
    const isCharge = index % 2 === 1;
    const object = isCharge
      ? chargeOf(`${batch}${index}`, turn)
      : customerOf(`${batch}${index}`, turn);
    return {
      ...{ id: `evt_${batch}${place}`, object: "event", livemode: false },
      ...{ api_version: null, created: 1_790_000_000 + turn },
      type: isCharge ? "charge.updated" : "customer.updated",
      data: { object },
    };
  });
}

const address = { city: "Oakland", country: "US", line1: "1 Pine St", line2: null };

function customerOf(id: string, turn: number) {
  return {
    ...{ id: `cus_${id}`, object: "customer", created: 1_789_000_000, livemode: false },
    ...{ name: `Customer ${turn}`, email: `${id}@example.com`, phone: null, currency: "usd" },
    ...{ address: { ...address, postal_code: "94607", state: "CA" }, shipping: null },
    ...{ balance: 0, delinquent: false, default_source: null, description: null, discount: null },
    ...{ invoice_prefix: "ABCDEF", next_invoice_sequence: 4, preferred_locales: [] },
    ...{ tax_exempt: "none", test_clock: null, metadata: { plan: "pro", turn: String(turn) } },
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null },
  };
}

function chargeOf(id: string, turn: number) {
  return {
    ...{ id: `ch_${id}`, object: "charge", created: 1_789_000_000, livemode: false },
    ...{ amount: 12_345, amount_captured: 12_345, amount_refunded: turn * 100, currency: "usd" },
    ...{ status: "succeeded", paid: true, captured: true, refunded: false, disputed: false },
    ...{ customer: null, payment_intent: `pi_${id}`, balance_transaction: `txn_${id}` },
    ...{ description: "An order", failure_code: null, failure_message: null, invoice: null },
    billing_details: { address: { ...address, postal_code: null }, email: null, name: "Ada" },
    outcome: { network_status: "approved_by_network", risk_level: "normal", type: "authorized" },
    payment_method: `pm_${id}`,
    payment_method_details: {
      type: "card",
      card: { brand: "visa", country: "US", exp_month: 8, exp_year: 2030, last4: "4242" },
    },
    ...{
      metadata: { order: id },
      receipt_url: "https://pay.stripe.com/receipts/x",
      transfer: null,
    },
  };
}
