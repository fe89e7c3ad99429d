import { createServer, type Server } from "node:http";
import Stripe from "stripe";
import { afterAll, beforeAll } from "vitest";
import { type Exchange, type Sandbox, startSandbox } from "#sandbox/server";
import { hearDelivery, watchAnswers } from "#tests/sandbox/sdk/watch-answers";

/** A test's own Stripe: one server per file, one world per key. */
export interface TestStripe {
  readonly url: string;
  /** The official SDK, talking to this file's sandbox as a key of its own. */
  client(name?: string, config?: Partial<ConstructorParameters<typeof Stripe>[1]>): Stripe;
  admin<Answer = Record<string, unknown>>(
    path: string,
    body?: object,
    name?: string,
  ): Promise<Answer>;
}

/** Starts a sandbox before this file's tests and stops it after them. */
export function withSandbox(hear: (exchange: Exchange) => void = () => {}): TestStripe {
  let sandbox: Sandbox;
  const watch = watchAnswers();
  const onAnswer = (exchange: Exchange) => {
    watch.onAnswer(exchange);
    hear(exchange);
  };
  beforeAll(async () => {
    sandbox = await startSandbox({ memory: true, seed: 7, onAnswer });
  });
  afterAll(async () => {
    await watch.readEvents(sandbox.url);
    await sandbox.close();
  });
  return {
    get url() {
      return sandbox.url;
    },
    client: (name = "test", config = {}) =>
      new Stripe(`sk_test_${name}`, {
        ...{ host: "127.0.0.1", port: sandbox.port, protocol: "http" as const },
        ...{ maxNetworkRetries: 0, telemetry: false, ...config },
      }),
    async admin<Answer>(path: string, body?: object, name = "test") {
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer sk_test_${name}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as Answer;
    },
  };
}

/** A webhook endpoint that remembers what reached it. */
export interface Listener {
  readonly url: string;
  readonly received: { body: string; signature: string }[];
  /** What it answers with from now on. */
  answer(status: number): void;
  types(): string[];
  close(): void;
}

/** Listens on a free port. */
export async function listen(): Promise<Listener> {
  const received: { body: string; signature: string }[] = [];
  let status = 200;
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      hearDelivery(body);
      received.push({ body, signature: String(request.headers["stripe-signature"]) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (next) => {
      status = next;
    },
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    close: () => void server.close(),
  };
}

/** A monthly price of a new product. */
export async function monthlyPrice(stripe: Stripe, unitAmount: number, name = "Team") {
  return stripe.prices.create({
    currency: "usd",
    unit_amount: unitAmount,
    recurring: { interval: "month" },
    product_data: { name },
  });
}

/** A customer whose card is saved and is the default for invoices. */
export async function payingCustomer(
  stripe: Stripe,
  card = "pm_card_visa",
  more: Stripe.CustomerCreateParams = {},
) {
  const customer = await stripe.customers.create({
    email: "ada@acme.test",
    name: "Acme",
    ...more,
  });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
}

/** A connected account that has completed its onboarding: it takes cards and transfers. */
export async function readyAccount(
  sandbox: TestStripe,
  name: string,
  params: Partial<Stripe.V2.Core.AccountCreateParams> = {},
): Promise<string> {
  const account = await sandbox.client(name).v2.core.accounts.create({
    display_name: "Shop",
    dashboard: "none",
    identity: { country: "us" },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
    ...params,
  });
  await sandbox.admin(`/accounts/${account.id}/onboard`, {}, name);
  return account.id;
}
