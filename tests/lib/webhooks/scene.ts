import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { Fact } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import type { TenantContext } from "#lib/tenancy/context";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import type { WebhookEventType } from "#lib/webhooks/event-types";
import { openReceiver, type Receiver } from "#tests/lib/webhooks/receiver";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

/** Tenants with endpoints on this machine, facts about them, and a clock a test may move. */
export type Scene = {
  readonly database: TestDatabase;
  /** The system, by the scene's clock. */
  readonly system: Context;
  moveTo(at: Date): void;
  pass(ms: number): void;
  /** A new tenant's owner, by the scene's clock. */
  owner(): Promise<TenantContext>;
  receiver(answer?: Receiver["answer"]): Promise<Receiver>;
  listen(owner: TenantContext, url: string, types?: WebhookEventType[]): Promise<Listening>;
  /** Facts as a convergence finds them, with all that follows from them. */
  happen(owner: TenantContext, count?: number, kind?: WebhookEventType): Promise<Fact[]>;
  close(): Promise<void>;
};

export type Listening = { readonly id: string; readonly secret: string };

export async function openScene(): Promise<Scene> {
  const database = await openTestDatabase();
  setEnvironment({ DATABASE_APP_URL: database.appUrl, WEBHOOK_LOOPBACK: "yes" });
  let now = new Date();
  const system = database.context({ now: () => now });
  const closing: (() => void)[] = [];
  return {
    ...{ database, system },
    moveTo: (at) => {
      now = at;
    },
    pass: (ms) => {
      now = new Date(now.getTime() + ms);
    },
    owner: async () => ({ ...(await newOwner(system)).owner, now: () => now }),
    receiver: async (answer) => {
      const receiver = await openReceiver(answer);
      closing.push(receiver.close);
      return receiver;
    },
    listen: (owner, url, types = ["charge.failed"]) =>
      createEndpoint(owner, { url, description: "", types }),
    happen: async (owner, count = 1, kind = "charge.failed") => {
      const facts = Array.from({ length: count }, () => factOf(owner.tenantId, kind));
      await transact(system, "events.converge", async (tx) => {
        const seen = {
          ...{ account: "", id: "ch_1", object: {}, instant: now, isDeleted: false },
          ...{ eventId: null, traceId: "" },
        };
        await effects(tx, await keepNew(tx, [{ seen, facts }]), system);
      });
      return facts;
    },
    close: async () => {
      for (const close of closing) close();
      await database.close();
    },
  };
}

function factOf(tenantId: string, kind: string): Fact {
  const data = { minor: "1200", currency: "eur", chargeId: "ch_1", failure: "card_declined" };
  return { reference: unique(kind.replace(".", ":")), kind, tenantId, data };
}

/** The deliveries of a tenant with their tries, oldest first. */
export function readDeliveries({ system }: Scene, { tenantId }: TenantContext) {
  return view(system, (tx) =>
    tx.webhookDelivery.findMany({
      where: { tenantId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      include: { tries: { orderBy: { number: "asc" } } },
    }),
  );
}
