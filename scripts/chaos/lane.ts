import type { Context } from "#lib/context";
import { openDb } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { Effects } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { eventTypeNames } from "#lib/webhooks/event-types";
import { openDoors } from "#scripts/chaos/doors";
import { openPostOffice } from "#scripts/chaos/post-office";
import { rowsOf } from "#scripts/chaos/rows";
import { systemContext } from "#scripts/system-context";

/** A database with its doors, which one batch of schedules after the other goes through. */
export type Lane = Awaited<ReturnType<typeof openLane>>;

export type Addresses = { appUrl: string; superUrl: string };

export async function openLane({ appUrl, superUrl }: Addresses) {
  const db = openDb(appUrl, 16);
  const system = systemContext(db, "chaos");
  await rowsOf(superUrl, "create table unguarded (reference text)");
  await rowsOf(superUrl, "grant select, insert on unguarded to lockstep_app");
  const doors = await openDoors(db, system);
  const office = await openPostOffice();
  return {
    ...{ appUrl, superUrl, db, system, doors, office },
    ...{ effects: counted, personId: await plantPerson(system) },
    close: async () => {
      doors.close();
      office.close();
      await db.close();
    },
  };
}

/** Effects that leave a row besides for each fact, which nothing keeps from being written twice. */
const counted: Effects = async (tx, facts, ctx, written) => {
  await effects(tx, facts, ctx, written);
  const references = facts.map(({ reference }) => reference);
  await tx.$executeRaw`insert into unguarded select * from unnest(${references}::text[])`;
};

/** Whoever looks after every tenant's billing, and gets its mail. */
async function plantPerson(system: Context): Promise<string> {
  const id = newId("user");
  await transact(system, "chaos.plant-person", (tx) =>
    tx.user.create({
      data: { id, email: `${id.toLowerCase()}@example.com`, name: "Olga", createdAt: new Date() },
    }),
  );
  return id;
}

/** A tenant behind a connected account, with an endpoint that wants to be told of everything. */
export async function plantTenant({ system, personId }: Lane, account: string): Promise<string> {
  const id = newId("tenant");
  const createdAt = new Date();
  await transact(system, "chaos.plant-tenant", async (tx) => {
    const slug = id.slice(4).toLowerCase();
    await tx.tenant.create({
      data: { id, slug, name: "T", country: "US", stripeAccountId: account, createdAt },
    });
    await tx.member.create({
      data: { id: newId("member"), tenantId: id, userId: personId, role: "owner", createdAt },
    });
    const endpoint = { id: newId("webhookEndpoint"), tenantId: id, types: eventTypeNames };
    await tx.webhookEndpoint.create({
      data: { ...endpoint, url: "https://example.com", description: "", createdAt },
    });
  });
  return id;
}
