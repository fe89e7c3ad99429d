import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { figureNames } from "#lib/margin/figures";
import { getMargin } from "#lib/margin/get-margin";
import { dimensionNames, marginQuery } from "#lib/margin/input";
import type { PlatformContext } from "#lib/tenancy/context";
import { subscribe } from "#tests/lib/billing/subscribed";
import { publishPlans } from "#tests/lib/billing/world";
import { type LedgerScene, openLedgerScene, pay } from "#tests/lib/ledger-rules/ledger-scene";
import { newAdmin } from "#tests/support/people";

let scene: LedgerScene;
let admin: PlatformContext;
let superuser: Client;

beforeAll(async () => {
  scene = await openLedgerScene();
  superuser = new Client({ connectionString: scene.database.superUrl });
  await superuser.connect();
  await superuser.query("set session_replication_role = replica");
  await publishPlans(scene);
  const plan = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
  await subscribe(scene, scene.inbox, plan, scene.ctx.now);
  const { account: full } = await scene.newSeller("white_label");
  const { account: direct } = await scene.newSeller("saas");
  const passed = { transfer_data: { destination: full }, application_fee_amount: 700 };
  await pay(scene, direct, { amount: 12_345, application_fee_amount: 345 }, "pm_card_fr");
  await pay(scene, "", { amount: 20_001, ...passed }, "pm_card_de");
  await pay(scene, "", { amount: 6_000, ...passed }, "pm_card_createDispute");
  await pay(scene, direct, { amount: 4_400 }, "pm_card_createDispute");
  const whole = { reverse_transfer: true, refund_application_fee: true };
  const { id: back } = await pay(scene, "", { amount: 9_900, ...passed }, "pm_card_gb");
  await scene.stripe.refunds.create({ payment_intent: back, amount: 3_300, ...whole });
  const shared = await pay(scene, "", { amount: 8_000 }, "pm_card_ca");
  const transfer = await scene.stripe.transfers.create({
    ...{ amount: 2_000, currency: "usd", destination: full },
    source_transaction: String(shared.latest_charge),
  });
  await scene.stripe.transfers.createReversal(transfer.id, { amount: 50 });
  const { data: fees } = await scene.stripe.applicationFees.list({ limit: 1 });
  await scene.stripe.applicationFees.createRefund(fees[0]!.id, { amount: 45 });
  await scene.feed(["", full, direct]);
  admin = { ...(await newAdmin(scene.system, "finance")), now: scene.ctx.now };
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await scene.close();
});

/** Every figure by every dimension, in minor units: "method card fees 1045". */
async function figures(): Promise<string[]> {
  const said: string[] = [];
  for (const by of dimensionNames) {
    const query = marginQuery.parse({ period: "30d", currency: "usd", by });
    const { rows, others, total } = await getMargin(admin, query);
    expect(others).toBeNull();
    for (const row of [{ ...total, key: "in all" }, ...rows]) {
      for (const name of figureNames)
        if (row[name]) said.push(`${by} ${row.key} ${name} ${row[name]}`);
      said.push(`${by} ${row.key} net ${row.net}`);
    }
  }
  return said.filter((line) => !line.endsWith(" 0")).sort();
}

/** As versions before wrote them: only charges, refunds and disputes say who paid and how. */
const untell = `
  update ledger_entries set country = null,
    method = case when kind = 'charge.received' then 'stripe_account' end
  where payment_id is not null and method is not null
    and kind ~ '^(settled|fee|transfer)\\.|^charge\\.received$'`;

test("what an entry says of who paid is, to the cent, what its payment says for it", async () => {
  const told = await figures();
  const ofWhom = told.filter((line) => /^(country|method) /.test(line));
  for (const key of ["country FR", "country DE", "country GB", "country CA", "method card"]) {
    expect(ofWhom.filter((line) => line.startsWith(key)).length, key).toBeGreaterThan(1);
  }
  const { rowCount } = await superuser.query(untell);
  expect(rowCount).toBeGreaterThan(20);
  const left = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.count({
      where: { kind: { startsWith: "settled." }, method: { not: null } },
    }),
  );
  expect(left).toBe(0);

  expect(await figures(), "looked up").toEqual(told);
  // Kept by day as they were written: what was looked up stands beside the sums.
  await foldLedger(scene.ctx);
  expect(await figures(), "looked up beside sums").toEqual(told);
});
