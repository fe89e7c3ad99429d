import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getInvoice } from "#lib/billing/get-invoice";
import { learnPayments } from "#lib/billing/learn-payments";
import { openPayment, settlePayment } from "#lib/payments/open-payment";
import { payInvoice } from "#lib/payments/pay-invoice";
import {
  failedInvoice,
  keepMethod,
  newKey,
  newPayer,
  openPaymentsWorld,
  type Payer,
  type PaymentsWorld,
} from "#tests/lib/payments/payments-world";
import { newMember } from "#tests/support/people";

let world: PaymentsWorld;
let payer: Payer;

beforeAll(async () => {
  world = await openPaymentsWorld();
  payer = await newPayer(world);
}, 60_000);
afterAll(() => world.close());

const keep = (token: string) => keepMethod(world, payer, token);
/** Stripe says nothing of a payment that failed, so a job asks. */
async function isQueued(key: string): Promise<boolean> {
  const client = new Client({ connectionString: world.database.superUrl });
  await client.connect();
  const { rowCount } = await client.query("select from graphile_worker.jobs where key = $1", [key]);
  await client.end();
  return rowCount === 1;
}
const pay = (invoiceId: string, methodId: string | null = null, key = newKey()) =>
  payInvoice(payer.owner, { invoiceId, methodId, key, forPlan: true }, world.gateway);

test("a failed invoice says why, is paid with another card, and shows both tries at once", async () => {
  const invoiceId = await failedInvoice(world, payer);
  expect(await isQueued(`payments:${invoiceId}`)).toBe(true);
  await learnPayments(world.system, { invoiceId }, world.gateway);
  await world.settled();
  const before = await getInvoice(payer.owner, invoiceId);
  expect(before.status).toBe("open");
  expect(before.tries.map(({ status, decline }) => [status, decline])).toEqual([
    ["failed", "bank_refused"],
  ]);

  await world.act("webhooks/hold");
  expect(await pay(invoiceId, await keep("pm_card_mastercard"))).toEqual({ kind: "paid" });
  const page = await getInvoice(payer.owner, invoiceId);
  await world.act("webhooks/release");
  expect(page.status).toBe("paid");
  expect(page.tries.map(({ status, amount }) => [status, amount.minor])).toEqual([
    ["failed", 4000n],
    ["succeeded", 4000n],
  ]);
  const { default_payment_method: pays } = await world.stripe.subscriptions.retrieve(
    payer.subscriptionId,
  );
  expect(pays).toBe((await world.gateway.findInvoiceStanding(invoiceId))?.payments[0]?.methodId);
  expect(page.tries[1]?.method).toMatchObject({ type: "card", brand: "mastercard" });
});

test("a decline is an answer with its kind, and leaves the invoice open", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const declined = { kind: "declined", decline: "bank_refused" };
  const method = await keep("pm_card_chargeCustomerFail");
  expect(await pay(invoiceId, method)).toEqual(declined);
  expect(await getInvoice(payer.owner, invoiceId)).toMatchObject({ status: "open" });
});

test("a bank that asks for its customer hands the browser what goes on, to the end", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const outcome = await pay(invoiceId, await keep("pm_card_authenticationRequired"));
  expect(outcome).toMatchObject({ kind: "needs_action", clientSecret: /^pi_.+_secret_/ });
  expect(await getInvoice(payer.owner, invoiceId)).toMatchObject({ underWay: "requires_action" });

  const { clientSecret } = (await world.gateway.findInvoiceStanding(invoiceId))!;
  const challenge = `${world.sandbox.url}/stripe-js/challenge/authenticate/${clientSecret}`;
  const body = new URLSearchParams({ answer: "complete" });
  expect((await fetch(challenge, { method: "POST", body })).status).toBe(200);
  expect(await settlePayment(payer.owner, { invoiceId, forPlan: true }, world.gateway)).toEqual({
    kind: "paid",
  });
  expect(await getInvoice(payer.owner, invoiceId)).toMatchObject({
    status: "paid",
    underWay: null,
  });
});

test("pressed twice with one key, or by two people at once, it is charged once", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const methodId = await keep("pm_card_visa");
  const key = newKey();
  const outcomes = await Promise.all([
    pay(invoiceId, methodId, key),
    pay(invoiceId, methodId, key),
    pay(invoiceId, methodId),
  ]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["paid", "paid", "paid"]);
  const { tries } = await getInvoice(payer.owner, invoiceId);
  expect(tries.filter(({ status }) => status === "succeeded")).toHaveLength(1);
});

test("a debit that is on its way is not begun again", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const debit = await keep("pm_usBankAccount_success");
  expect(await pay(invoiceId, debit)).toEqual({ kind: "processing" });
  expect(await pay(invoiceId, await keep("pm_card_visa"))).toEqual({ kind: "processing" });
  expect(await getInvoice(payer.owner, invoiceId)).toMatchObject({ underWay: "processing" });
  const again = openPayment(payer.owner, { invoiceId }, world.gateway);
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /on its way/ });
});

test("what is paid says so; what is nobody's business does not exist", async () => {
  expect(await pay(payer.invoiceId)).toEqual({ kind: "paid" });
  const stranger = await newPayer(world);
  const peek = payInvoice(
    stranger.owner,
    { invoiceId: payer.invoiceId, methodId: null, key: newKey(), forPlan: false },
    world.gateway,
  );
  await expect(peek).rejects.toMatchObject({ code: "not_found" });
  const { member } = await newMember(world.system, payer.owner, "member");
  const forbidden = payInvoice(
    member,
    { invoiceId: payer.invoiceId, methodId: null, key: newKey(), forPlan: false },
    world.gateway,
  );
  await expect(forbidden).rejects.toMatchObject({ code: "forbidden" });
});

test("a method that is another's, or gone, is refused by its field", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const gone = await keep("pm_card_visa");
  await world.stripe.paymentMethods.detach(gone);
  await expect(pay(invoiceId, gone)).rejects.toMatchObject({ field: "methodId" });
  await expect(pay(invoiceId, "pm_nonsense")).rejects.toMatchObject({ field: "methodId" });
  const { accountId } = await newPayer(world);
  const [theirs] = await world.gateway.listPaymentMethods(accountId);
  await expect(pay(invoiceId, theirs!.id)).rejects.toMatchObject({ field: "methodId" });
});

test("the browser is given what it pays with, and no key but the publishable one", async () => {
  const invoiceId = await failedInvoice(world, payer);
  const opened = await openPayment(payer.owner, { invoiceId }, world.gateway);
  expect(opened).toEqual({
    clientSecret: expect.stringMatching(/^pi_.+_secret_/),
    publishableKey: world.sandbox.publishableKey,
    scriptUrl: `${world.sandbox.url}/_js/stripe.js`,
  });
});
