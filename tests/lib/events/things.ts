import { createHmac, randomBytes } from "node:crypto";
import { transact, view } from "#lib/db/transaction";
import type { Converger } from "#lib/events/converger";
import { receiveDelivery } from "#lib/events/receive-delivery";
import { newId } from "#lib/ids";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { TestDatabase } from "#tests/support/database";

/** A thing at Stripe: its version says which of its states a mirror holds. */
export type Thing = { id: string; object: "thing"; version: number };
export type Things = Awaited<ReturnType<typeof createThings>>;

/**
 * Things that change at Stripe and a mirror of them in our database (the invoices' table, whose
 * total is the version), to try the inbox with. Each version seen writes one mail.
 */
export async function createThings(database: TestDatabase) {
  const live = new Map<string, Thing>();
  const tenantId = newId("tenant");
  const system = database.context();
  await transact(system, "test.plant", (tx) =>
    tx.tenant.create({
      data: {
        id: tenantId,
        slug: tenantId.slice(4).toLowerCase(),
        name: "T",
        country: "US",
        createdAt: new Date(),
      },
    }),
  );
  const asked: string[] = [];
  const converger: Converger<Thing> = {
    of: "platform",
    action: "test.sync-thing",
    fetch: async (_gateway, id) => {
      asked.push(id);
      return live.get(id) ?? null;
    },
    instantOf: async (tx, id) =>
      (await tx.invoice.findUnique({ where: { id }, select: { instant: true } }))?.instant ?? null,
    apply: async (tx, { object, instant }) => {
      const { id, version } = object;
      const zero = { amountDueMinor: 0n, amountPaidMinor: 0n, createdAt: instant };
      const kept = {
        status: "open",
        currency: "usd",
        totalMinor: BigInt(version),
        object,
        instant,
      };
      const row = { tenantId, ...zero, ...kept };
      const { count } = await tx.invoice.updateMany({
        where: { id, instant: { lte: instant } },
        data: row,
      });
      if (!count) await tx.invoice.createMany({ data: [{ id, ...row }], skipDuplicates: true });
      const data = { version };
      return [{ kind: "thing.seen", reference: `thing:${id}:${version}`, tenantId, data }];
    },
    effects: {
      "thing.seen": async (tx, { reference }) => {
        // No ON CONFLICT: a second effect of one fact would fail loudly.
        await tx.$executeRaw`insert into mails (id, reference, template, "to", data, status, created_at)
          values (${newId("mail")}, ${reference}, 'test', 'a@b.test', '{}', 'kept', now())`;
      },
    },
  };

  return {
    live,
    asked,
    converger,
    convergers: (type: string) =>
      type.startsWith("thing.") ? (converger as Converger) : undefined,
    gateway: {} as StripeGateway,
    /** A webhook about a thing as it was at a second. */
    send: async (
      id: string,
      version: number,
      second: number,
      {
        type = "thing.updated",
        apiVersion = null as string | null,
        account = "",
        isLive = false,
      } = {},
    ) => {
      const event = {
        id: `evt_${randomBytes(8).toString("hex")}`,
        object: "event",
        type,
        account,
        livemode: isLive,
        api_version: apiVersion,
        created: 1_800_000_000 + second,
        data: { object: { id, object: "thing", version } },
      };
      const rawBody = JSON.stringify(event);
      const t = Math.floor(Date.now() / 1000);
      const signature = createHmac("sha256", "whsec_t").update(`${t}.${rawBody}`).digest("hex");
      const settings = { secrets: { account: ["whsec_t"], connect: [] }, isLive: false };
      const signatureHeader = `t=${t},v1=${signature}`;
      const delivery = { endpoint: "account", rawBody, signatureHeader } as const;
      const { status } = await receiveDelivery(system, delivery, settings);
      if (status !== 200) throw new Error(`delivery answered ${status}`);
      return event.id;
    },
    /** The version the mirror holds. */
    mirrored: async (id: string) => {
      const row = await view(system, (tx) => tx.invoice.findUnique({ where: { id } }));
      return row ? Number(row.totalMinor) : undefined;
    },
    effects: (id: string) =>
      view(system, (tx) => tx.mail.count({ where: { reference: { startsWith: `thing:${id}:` } } })),
    event: (id: string) =>
      view(system, (tx) => tx.inboxEvent.findFirstOrThrow({ where: { id }, omit: { body: true } })),
  };
}
