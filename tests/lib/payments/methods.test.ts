import { afterAll, beforeAll, expect, test } from "vitest";
import { openInvoicePdf } from "#lib/billing/invoice-pdf";
import { exportInvoices, listInvoices } from "#lib/billing/list-invoices";
import { view } from "#lib/db/transaction";
import { getDetails } from "#lib/payments/get-details";
import { detailsInput } from "#lib/payments/input";
import { makeDefault, openMethodSetup, removeMethod } from "#lib/payments/keep-method";
import { exportAllInvoices, listAllInvoices } from "#lib/payments/list-all-invoices";
import { listMethods } from "#lib/payments/list-methods";
import { notifyExpiring } from "#lib/payments/notify-expiring";
import { openPortal } from "#lib/payments/open-portal";
import { addTaxId, removeTaxId, updateDetails } from "#lib/payments/update-details";
import {
  keepMethod,
  newPayer,
  openPaymentsWorld,
  type Payer,
  type PaymentsWorld,
} from "#tests/lib/payments/payments-world";
import { newMember, newOwner } from "#tests/support/people";

let world: PaymentsWorld;
let payer: Payer;

beforeAll(async () => {
  world = await openPaymentsWorld();
  payer = await newPayer(world);
}, 60_000);
afterAll(() => world.close());

const details = (over: object = {}) =>
  detailsInput.parse({ name: "Acme Ltd", email: "bills@acme.example", ...over });

test("the only method of a live plan stays, and says why; another one may take its place", async () => {
  const { owner, subscriptionId } = payer;
  const [only] = (await listMethods(owner, world.gateway)).methods;
  expect(only).toMatchObject({ type: "card", brand: "visa", last4: "4242", isDefault: true });
  const last = removeMethod(owner, { methodId: only!.id }, world.gateway);
  await expect(last).rejects.toMatchObject({ code: "conflict", message: /there is no other/ });

  const methodId = await keepMethod(world, payer, "pm_card_mastercard");
  const still = removeMethod(owner, { methodId: only!.id }, world.gateway);
  await expect(still).rejects.toMatchObject({ message: /Make another one the default/ });
  await makeDefault(owner, { methodId }, world.gateway);
  const subscription = await world.stripe.subscriptions.retrieve(subscriptionId);
  expect(subscription.default_payment_method).toBe(methodId);
  await removeMethod(owner, { methodId: only!.id }, world.gateway);
  const { methods } = await listMethods(owner, world.gateway);
  expect(methods.map(({ id, isDefault }) => [id, isDefault])).toEqual([[methodId, true]]);
});

test("nobody's method but one's own is made default or removed", async () => {
  const other = await newPayer(world);
  const [theirs] = (await listMethods(other.owner, world.gateway)).methods;
  const named = { methodId: theirs!.id };
  await expect(makeDefault(payer.owner, named, world.gateway)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(removeMethod(payer.owner, named, world.gateway)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a new workspace has no account; keeping a method opens one, and no card passes by us", async () => {
  const { owner } = await newOwner(world.system);
  expect(await listMethods(owner, world.gateway)).toEqual({
    methods: [],
    liveSubscriptionId: null,
  });
  const opened = await openMethodSetup(owner, world.gateway);
  expect(Object.keys(opened).sort()).toEqual(["clientSecret", "publishableKey", "scriptUrl"]);
  expect(opened.clientSecret).toMatch(/^seti_.+_secret_/);
  const { member } = await newMember(world.system, owner, "developer");
  await expect(openMethodSetup(member, world.gateway)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a card that ends this month is written about once, by its own end", async () => {
  const one = await newPayer(world);
  const [method] = (await listMethods(one.owner, world.gateway)).methods;
  const now = new Date(Date.UTC(2031, 4, 12));
  const card = { exp_month: 5, exp_year: 2031 };
  await world.stripe.paymentMethods.update(method!.id, { card });
  await world.settled();
  const then = { ...world.system, now: () => now };
  expect(await notifyExpiring(then)).toBe(1);
  expect(await notifyExpiring(then)).toBe(1);
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { template: "card-expiring" } }),
  );
  expect(mails).toHaveLength(1);
  expect(mails[0]?.data).toMatchObject({ card: "visa ending in 4242", until: "2031-05" });
});

test("what stands on bills is Stripe's, and others who are named hear of a payment", async () => {
  const one = await newPayer(world);
  const { owner } = one;
  const address = { line1: "1 Hill St", city: "Leeds", postalCode: "LS1 1AA", country: "gb" };
  const more = { ccEmails: ["ap@acme.example"], locale: "fr", reference: "PO-77" };
  await updateDetails(owner, details({ ...address, ...more }), world.gateway);
  const page = await getDetails(owner, world.gateway);
  expect(page.details).toMatchObject({
    ...{ name: "Acme Ltd", email: "bills@acme.example", country: "GB", reference: "PO-77" },
    ...{ ccEmails: ["ap@acme.example"], locale: "fr", city: "Leeds" },
  });
  await world.stripe.subscriptions.update(one.subscriptionId, {
    billing_cycle_anchor: { type: "now" },
    proration_behavior: "none",
  });
  await world.settled();
  const { rows } = await listInvoices(owner);
  expect(rows).toHaveLength(2);
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { to: "ap@acme.example" } }),
  );
  expect(mails.map(({ template }) => template)).toEqual(["payment-received"]);
});

test("bad details are refused by their field before Stripe hears of them", async () => {
  const noCountry = updateDetails(payer.owner, details({ line1: "1 Hill St" }), world.gateway);
  await expect(noCountry).rejects.toMatchObject({ field: "country" });
  expect(
    detailsInput.safeParse({ name: "", email: "x" }).error?.issues.map(({ path }) => path),
  ).toEqual([["name"], ["email"]]);
  const many = Array.from({ length: 11 }, (_, n) => `a${n}@acme.example`);
  expect(() => details({ ccEmails: many })).toThrow(/at most 10/);
});

test("a tax id is judged by Stripe, shown, and taken off", async () => {
  const { owner } = payer;
  const wrong = addTaxId(owner, { type: "gb_vat", value: "GB12" }, world.gateway);
  await expect(wrong).rejects.toMatchObject({ field: "value", message: /looks like GB123456789/ });
  const taxId = { type: "gb_vat" as const, value: "GB123456789" };
  const { id } = await addTaxId(owner, taxId, world.gateway);
  expect((await getDetails(owner, world.gateway)).taxIds).toEqual([
    { id, ...taxId, verification: "pending" },
  ]);
  await removeTaxId(owner, { taxIdId: id }, world.gateway);
  await removeTaxId(owner, { taxIdId: id }, world.gateway);
  expect((await getDetails(owner, world.gateway)).taxIds).toEqual([]);
});

test("Stripe's own page leads back here, and is set up once", async () => {
  const { url } = await openPortal(payer.owner, world.gateway);
  expect(url).toContain(world.sandbox.url);
  await openPortal(payer.owner, world.gateway);
  const { data } = await world.stripe.billingPortal.configurations.list({ limit: 100 });
  expect(data.filter(({ metadata }) => metadata?.lockstep)).toHaveLength(1);
  expect((await fetch(url)).status).toBe(200);
});

test("the PDF is Stripe's, and only for whose invoice it is", async () => {
  const { name, bytes } = await openInvoicePdf(payer.owner, payer.invoiceId);
  expect(name).toMatch(/^invoice-.+\.pdf$/);
  const text = Buffer.from(await new Response(bytes).arrayBuffer()).toString("latin1");
  expect(text).toMatch(/^%PDF-/);
  const { owner } = await newOwner(world.system);
  await expect(openInvoicePdf(owner, payer.invoiceId)).rejects.toMatchObject({
    code: "not_found",
  });
});

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

test("the list is narrowed, and the file says exactly what it shows", async () => {
  const { owner } = payer;
  const { rows } = await listInvoices(owner, { status: "paid", currency: "usd" });
  expect(rows.map(({ id }) => id)).toEqual([payer.invoiceId]);
  expect((await listInvoices(owner, { currency: "eur" })).rows).toEqual([]);
  expect((await listInvoices(owner, { to: "2001-01-01" })).rows).toEqual([]);
  const number = rows[0]!.number!;
  expect((await listInvoices(owner, { number: number.slice(0, 5) })).rows).toHaveLength(1);
  const csv = await textOf(await exportInvoices(owner, {}));
  const [header, line, end] = csv.split("\r\n");
  expect(header).toBe(
    "number,id,status,currency,subtotal,discount,tax,total,due,paid,issued,due_at,paid_at,country",
  );
  expect(
    line?.startsWith(`${number},${payer.invoiceId},paid,USD,85.00,0.00,0.00,85.00,85.00,85.00,`),
  ).toBe(true);
  expect(end).toBe("");
});

test("the console sees all tenants' invoices, by tenant too", async () => {
  const { tenantId } = payer.owner;
  const all = await listAllInvoices(world.admin, {});
  expect(all.rows.length).toBeGreaterThan(1);
  const theirs = await listAllInvoices(world.admin, { tenant: tenantId });
  expect(theirs.rows.map(({ id }) => id)).toEqual([payer.invoiceId]);
  const csv = await textOf(await exportAllInvoices(world.admin, { tenant: tenantId }));
  expect(csv.split("\r\n")[1]).toContain(theirs.rows[0]!.tenant);
});

test("while Stripe is away a page is told so, and nothing pretends", async () => {
  await world.act("faults", { route: "GET /v1/customers/:id", kind: "500", count: 20 });
  const away = getDetails(payer.owner, world.gateway);
  await expect(away).rejects.toMatchObject({ code: "unavailable" });
});
