import { createHmac, randomBytes } from "node:crypto";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import {
  type Converger,
  type Effects,
  keyOf,
  type Mirrored,
  type ObjectKey,
  type Seen,
} from "#lib/events/converger";
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
  const rowsOf = async (tx: Tx, keys: readonly ObjectKey[]): Promise<Map<string, Mirrored>> => {
    const rows = await tx.invoice.findMany({ where: { id: { in: keys.map(({ id }) => id) } } });
    return new Map(
      rows.map(({ id, instant, object }) => {
        const key = { account: "", id };
        return [keyOf(key), { ...key, instant, object, isDeleted: false }];
      }),
    );
  };
  const converger: Converger = {
    isFinal: () => false,
    isWhole: () => true,
    rank: () => 0,
    fetch: async (_gateway, { id }) => {
      asked.push(id);
      return live.get(id) ?? null;
    },
    readInstants: async (tx, keys) => {
      const rows = await rowsOf(tx, keys);
      return new Map([...rows].map(([key, { instant }]) => [key, instant]));
    },
    readRows: rowsOf,
    apply: async (tx, seen) => {
      const ours = seen.filter(({ account }) => account === "");
      for (const one of ours) await keep(tx, one);
      return ours.map((one) => {
        const { id, version } = one.object as Thing;
        const reference = `thing:${id}:${version}`;
        const fact = { kind: "thing.seen", reference, tenantId, data: { version } };
        return { seen: one, facts: [fact] };
      });
    },
  };
  const keep = async (tx: Tx, { object, instant }: Seen): Promise<void> => {
    const { id, version } = object as Thing;
    const zero = { amountDueMinor: 0n, amountPaidMinor: 0n, createdAt: instant };
    const kept = { status: "open", currency: "usd", totalMinor: BigInt(version), instant };
    const row = { tenantId, ...zero, ...kept, object: object as Thing };
    const { count } = await tx.invoice.updateMany({
      where: { id, instant: { lte: instant } },
      data: row,
    });
    if (!count) await tx.invoice.createMany({ data: [{ id, ...row }], skipDuplicates: true });
  };
  const effects: Effects = async (tx, facts) => {
    for (const { reference } of facts) {
      // No ON CONFLICT: a second effect of one fact would fail loudly.
      await tx.$executeRaw`insert into mails (id, reference, template, "to", data, status, created_at)
        values (${newId("mail")}, ${reference}, 'test', 'a@b.test', '{}', 'kept', now())`;
    }
  };

  return {
    live,
    asked,
    converger,
    effects,
    convergers: (type: string) => (type === "thing" ? converger : undefined),
    gateway: {} as StripeGateway,
    /** A webhook about a thing as it was at a second. */
    send: async (
      id: string,
      version: number,
      second: number,
      {
        type = "thing.updated",
        object = "thing",
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
        data: { object: { id, object, version } },
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
    effectsOf: (id: string) =>
      view(system, (tx) => tx.mail.count({ where: { reference: { startsWith: `thing:${id}:` } } })),
    event: (id: string) =>
      view(system, (tx) => tx.inboxEvent.findFirstOrThrow({ where: { id }, omit: { body: true } })),
  };
}
