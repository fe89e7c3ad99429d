import { afterAll, beforeAll, expect, test } from "vitest";
import { acknowledgeAlert } from "#lib/alerts/acknowledge-alert";
import { listAlerts } from "#lib/alerts/list-alerts";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { convergers } from "#lib/dispatch/stripe-objects";
import { readDelivery } from "#lib/events/delivery";
import { inboxRowOf } from "#lib/events/inbox-row";
import { startInbox } from "#lib/events/inbox-worker";
import { storeDelivery } from "#lib/events/store-delivery";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let admin: PlatformContext;
const account = "acct_alerts";

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  admin = await newAdmin(system);
  const { owner } = await newOwner(system);
  await transact(system, "connect.open-account", (tx) =>
    tx.tenant.update({ where: { id: owner.tenantId }, data: { stripeAccountId: account } }),
  );
});
afterAll(() => database.close());

test("a fact raises one alert and one mail each, however often Stripe tells of it", async () => {
  await tell("dp_1", { status: "needs_response" }, hoursAgo(3));
  await tell("dp_1", { status: "under_review" }, hoursAgo(2));
  await tell("dp_1", { status: "under_review" }, hoursAgo(2));
  const { rows } = await listAlerts(admin);
  expect(rows).toMatchObject([
    { kind: "dispute.opened", objectId: "dp_1", data: { minor: "4900", currency: "usd" } },
  ]);
  expect(rows[0]!.tenant?.name).toBeTruthy();
  expect(await mailsAbout("dispute:dp_1:opened")).toBe(1);

  await tell("dp_1", { status: "lost" }, hoursAgo(1));
  const kinds = (await listAlerts(admin)).rows.map(({ kind }) => kind);
  expect(kinds).toEqual(["dispute.lost", "dispute.opened"]);
});

test("what happened long ago is listed and mailed to nobody", async () => {
  await tell("dp_old", { status: "needs_response" }, hoursAgo(24 * 8));
  const { rows } = await listAlerts(admin, { state: "all" });
  expect(rows.map(({ objectId }) => objectId)).toContain("dp_old");
  expect(await mailsAbout("dispute:dp_old:opened")).toBe(0);
});

test("what calls for nobody raises nothing", async () => {
  const before = (await listAlerts(admin, { state: "all" })).rows.length;
  await tell("dp_won", { status: "won" }, hoursAgo(1));
  const kinds = (await listAlerts(admin, { state: "all" })).rows
    .filter(({ objectId }) => objectId === "dp_won")
    .map(({ kind }) => kind);
  expect(kinds).toEqual(["dispute.opened"]);
  expect((await listAlerts(admin, { state: "all" })).rows).toHaveLength(before + 1);
});

test("of two who take an alert on at once the second is told, and the first one's note stays", async () => {
  await tell("dp_2", { status: "needs_response" }, hoursAgo(1));
  const { id } = (await listAlerts(admin)).rows.find(({ objectId }) => objectId === "dp_2")!;
  const tries = await Promise.allSettled(
    ["Evidence sent.", "Refunded."].map((note) => acknowledgeAlert(admin, { id, note })),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = tries.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: "conflict" });
  const taken = (await listAlerts(admin, { state: "acknowledged" })).rows;
  expect(taken).toMatchObject([{ id, acknowledgedBy: expect.any(String) }]);
  await expect(acknowledgeAlert(admin, { id: "alr_none", note: "None." })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who only reads may not take one on", async () => {
  const reader = { ...admin, platformRole: "read_only" } as const;
  const { id } = (await listAlerts(reader)).rows[0]!;
  await expect(acknowledgeAlert(reader, { id, note: "Seen." })).rejects.toMatchObject({
    code: "forbidden",
  });
});

const hoursAgo = (hours: number) => Math.floor(system.now().getTime() / 1000) - hours * 3600;

/** Delivers what Stripe says of a dispute and waits until all of it is done. */
async function tell(id: string, { status }: { status: string }, created: number): Promise<void> {
  const about = { amount: 4900, currency: "usd", charge: "ch_1", balance_transactions: [] };
  const object = { id, object: "dispute", ...about, created };
  const event = {
    ...{ id: `evt_${id}_${status}_${created}`, object: "event", account, created },
    ...{ type: "charge.dispute.updated", livemode: false, data: { object: { ...object, status } } },
  };
  const how = { at: system.now(), isLive: false };
  const row = inboxRowOf("connect", readDelivery(event)!, Buffer.from(JSON.stringify(event)), how);
  await storeDelivery(system.db, row);
  const inbox = startInbox(system, { convergers, effects, gateway: {} as StripeGateway });
  await inbox.idle();
  await inbox.stop();
}

async function mailsAbout(reference: string): Promise<number> {
  return view(system, (tx) =>
    tx.mail.count({ where: { reference: { startsWith: `alert:${reference}:` } } }),
  );
}
