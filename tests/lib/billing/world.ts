import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { wantedEvents } from "#lib/dispatch/stripe-event-types";
import { convergers } from "#lib/dispatch/stripe-objects";
import { type Inbox, type InboxOptions, startInbox } from "#lib/events/inbox-worker";
import { type DoorSettings, receiveDelivery } from "#lib/events/receive-delivery";
import { createStripeGateway, type StripeGateway } from "#lib/stripe/gateway";
import { createStripeClient, type StripeClient } from "#lib/stripe/stripe-client";
import { ensureWebhookEndpoints } from "#lib/stripe/webhook-endpoints";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

export type World = {
  database: TestDatabase;
  sandbox: TestSandbox;
  stripe: StripeClient;
  gateway: StripeGateway;
  system: Context;
  /** The secrets Stripe signs with. */
  door: DoorSettings;
  /** An act on the local Stripe's admin plane: `/_sandbox/…`. */
  act<T = unknown>(path: string, body?: object): Promise<T>;
  startWorker(over?: Partial<InboxOptions>): Inbox;
  /** Every webhook had its first attempt, and the inbox has handled what it holds. */
  settle(inbox: Inbox): Promise<void>;
  close(): Promise<void>;
};

/** A database, a local Stripe, and a door between them: all of billing but the web pages. */
export async function openWorld(): Promise<World> {
  const database = await openTestDatabase();
  const sandbox = await openTestSandbox();
  const system = database.context();
  const { secretKey, publishableKey, url } = sandbox;
  const stripe = createStripeClient({ secretKey, apiBase: url });
  const gateway = createStripeGateway(stripe);

  const door: DoorSettings = { secrets: { account: [], connect: [] }, isLive: false };
  const server = await openDoor(system, door);
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { account, connect, notifications } = await ensureWebhookEndpoints(
    stripe,
    appUrl,
    wantedEvents,
  );
  door.secrets = { account: [account, notifications], connect: [connect] };
  Object.assign(process.env, {
    LOCKSTEP_URL: appUrl,
    LOCKSTEP_SECRET: "0123456789abcdef0123456789abcdef",
    DATABASE_APP_URL: database.appUrl,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET_ACCOUNT: `${account},${notifications}`,
    STRIPE_WEBHOOK_SECRET_CONNECT: connect,
    STRIPE_API_BASE: url,
  });

  const act = async <T>(path: string, body: object = {}): Promise<T> => {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const inboxes: Inbox[] = [];
  return {
    ...{ database, sandbox, stripe, gateway, system, door, act },
    startWorker: (over = {}) => {
      const inbox = startInbox(system, { convergers, effects, gateway, ...over });
      inboxes.push(inbox);
      return inbox;
    },
    settle: async (inbox) => {
      await act("settle");
      await inbox.idle();
    },
    close: async () => {
      for (const inbox of inboxes) await inbox.stop();
      await sandbox.close();
      server.closeAllConnections();
      server.close();
      await database.close();
    },
  };
}

/** Publishes the starting plans; returns the version of each by its plan's key. */
export async function publishPlans({ system, gateway }: World): Promise<Record<string, string>> {
  const { versionIds } = await seedPlans(system);
  for (const versionId of versionIds) await runPublishing(system, { versionId }, gateway);
  const rows = await view(system, (tx) => tx.planVersion.findMany({ include: { plan: true } }));
  return Object.fromEntries(rows.map(({ id, plan }) => [plan.key, id]));
}

function openDoor(ctx: Context, settings: DoorSettings): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const endpoint = request.url?.endsWith("connect") ? "connect" : "account";
    const signatureHeader = request.headers["stripe-signature"]?.toString();
    const delivery = { endpoint, rawBody: Buffer.concat(chunks), signatureHeader } as const;
    const { status, body } = await receiveDelivery(ctx, delivery, settings);
    response.writeHead(status).end(JSON.stringify(body));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
