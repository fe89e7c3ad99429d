import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { findPaymentsUnderWay } from "#lib/billing/find-payments-under-way";
import { getInvoice } from "#lib/billing/get-invoice";
import { getSubscriptionStatus } from "#lib/billing/get-subscription-status";
import { openInvoicePdf } from "#lib/billing/invoice-pdf";
import { learnPayments } from "#lib/billing/learn-payments";
import { learnTaxRate, rateIdsOf } from "#lib/billing/learn-tax-rates";
import { exportInvoices, listInvoices } from "#lib/billing/list-invoices";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { startCheckout } from "#lib/billing/start-checkout";
import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { setTaxExemption } from "#lib/payments/adjust-tenant";
import { changeMethod, changeTax } from "#lib/payments/change-collection";
import { getMethodsSetup, getTax } from "#lib/payments/get-collection";
import { keepMethods } from "#lib/payments/keep-methods";
import { taxSubscriptions } from "#lib/payments/tax-subscriptions";
import { addTaxId, updateDetails } from "#lib/payments/update-details";
import { checkInvoice } from "#lib/rater/check-invoice";
import type { StripeInvoice } from "#lib/stripe/objects";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;
let admin: PlatformContext;
/** On a plan since before there was any tax: one whose place is known, and one of nowhere. */
let placed: TenantContext;
let nowhere: TenantContext;

const starter = { plan: "starter", interval: "month", currency: "eur", seats: 1 } as const;
const card = { number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123" };
const berlin = { country: "DE", line1: "Weg 1", city: "Berlin", postal_code: "10115" };
const paris = { country: "FR", line1: "1 rue", city: "Paris", postal_code: "75001" };
const tokyo = { country: "JP", line1: "1-1", city: "Tokyo", postal_code: "100-0001" };
const details = {
  ...{ name: "Acme", email: "bills@acme.test", ccEmails: [], phone: "", line2: "", state: "" },
  ...{ line1: "Weg 1", city: "Berlin", postalCode: "10115", country: "DE" },
  ...{ locale: "", reference: "" },
};

beforeAll(async () => {
  world = await openWorld();
  const { versionIds } = await seedPlans(world.system);
  await sellInYen();
  for (const versionId of versionIds) {
    await runPublishing(world.system, { versionId }, world.gateway);
  }
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  placed = await subscribe(world, inbox, starter);
  nowhere = await subscribe(world, inbox, starter);
  await updateDetails(placed, details, world.gateway);
  await world.settle(inbox);
}, 120_000);
afterAll(() => world.close());

async function sellInYen(): Promise<void> {
  await transact(world.system, "test.yen", async (tx) => {
    const prices = await tx.price.findMany({
      where: {
        ...{ currency: "eur", interval: "month" },
        component: { version: { plan: { key: "starter" } } },
      },
    });
    await tx.price.createMany({
      data: prices.map(({ tiers: _, id, lookupKey, ...price }) => ({
        ...{ ...price, id: `${id}-jpy`, currency: "jpy", unitMinor: "2905" },
        lookupKey: lookupKey.replace("/eur/", "/jpy/"),
      })),
    });
  });
}

/** Buys on Stripe's page, with what is typed there. */
async function buy(
  choice: Parameters<typeof startCheckout>[1],
  typed: Record<string, string>,
  prepare: (owner: TenantContext) => Promise<unknown> = async () => {},
): Promise<TenantContext> {
  const { owner } = await newOwner(world.system);
  await prepare(owner);
  const { url } = await startCheckout(owner, choice, world.gateway);
  const form = { email: "ada@acme.test", name: "Acme", ...typed };
  // Twice where the tax of the address that was typed has changed the sum.
  for (const _ of [1, 2]) {
    const page = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
    await page.text();
  }
  await world.settle(inbox);
  await learnRates();
  return owner;
}

/** What the queue would do. */
async function learnRates(): Promise<void> {
  const rows = await view(world.system, (tx) => tx.invoice.findMany());
  const ids = rows.flatMap(({ object }) => rateIdsOf(object as unknown as StripeInvoice));
  for (const rateId of new Set(ids)) await learnTaxRate(world.system, { rateId }, world.gateway);
}

async function latestOf(owner: TenantContext) {
  const { id } = await view(owner, (tx) =>
    tx.invoice.findFirstOrThrow({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] }),
  );
  return getInvoice(owner, id);
}

async function verdictOf({ id }: { id: string }) {
  return (await checkInvoice(world.system, { invoiceId: id }, world.gateway))?.verdict;
}

test("tax is not turned on before Stripe can count it, and support may not", async () => {
  const on = changeTax(admin, { tax: "new" }, world.gateway);
  await expect(on).rejects.toMatchObject({ code: "conflict", message: /head_office/ });
  const support = { ...admin, platformRole: "support" } as const;
  await expect(changeTax(support, { tax: "off" }, world.gateway)).rejects.toMatchObject({
    code: "forbidden",
  });

  await world.stripe.tax.settings.update({
    defaults: { tax_behavior: "exclusive" },
    head_office: { address: { country: "DE", line1: "Weg 1", city: "Berlin" } },
  });
  const standard = { type: "standard" } as const;
  await world.stripe.tax.registrations.create({
    ...{ active_from: "now", country: "DE", country_options: { de: { type: "oss_union" } } },
  });
  await world.stripe.tax.registrations.create({
    ...{ active_from: "now", country: "JP", country_options: { jp: standard } },
  });
  await changeTax(admin, { tax: "new" }, world.gateway);
  await taxSubscriptions(world.system, world.gateway);
  const page = await getTax(admin, world.gateway);
  expect(page).toMatchObject({ tax: "new", isSettled: true, live: { taxed: 0, untaxed: 2 } });
  expect(page.registrations.map(({ country }) => country).sort()).toEqual(["DE", "JP"]);
});

test("tax comes on top by the place typed on the page, and everything that says it agrees", async () => {
  const owner = await buy(starter, { ...card, ...berlin });
  const invoice = await latestOf(owner);
  const rate = { percent: "19", name: "VAT", country: "DE", isInside: false };
  expect(invoice.total.minor).toBe((invoice.sums.subtotal.minor * 119n) / 100n);
  expect(invoice.sums.taxes).toMatchObject([rate]);
  const taxed = invoice.lines.filter(({ tax }) => tax.minor > 0n);
  expect(taxed.length).toBeGreaterThan(0);
  for (const line of taxed) expect(line.taxes).toMatchObject([{ ...rate, amount: line.tax }]);
  expect(await verdictOf(invoice)).toBe("equal");

  const { bytes } = await openInvoicePdf(owner, invoice.id);
  const pdf = Buffer.from(await new Response(bytes).arrayBuffer()).toString("latin1");
  expect(pdf).toContain("VAT 19%");
  const [, line] = (await textOf(await exportInvoices(owner, {}))).split("\r\n");
  expect(line).toMatch(/,EUR,[0-9.]+,0\.00,[0-9.]+,/);
  expect(line?.endsWith(",DE")).toBe(true);

  const pro = { kind: "plan", plan: "pro", interval: "month", seats: 3 } as const;
  const preview = await previewChange(owner, confirmedChange.parse(pro), world.gateway);
  expect(preview.now?.tax.minor).toBeGreaterThan(0n);
  const ofLines = preview.now!.lines.reduce((sum, { tax }) => sum + tax.minor, 0n);
  expect(ofLines).toBe(preview.now!.tax.minor);
  expect(preview.isAgreed).toBe(true);
});

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

test("a plan that changes when its period ends is taxed then too", async () => {
  const pro = { ...starter, plan: "pro", seats: 2 } as const;
  const owner = await buy(pro, { ...card, ...berlin });
  const down = confirmedChange.parse({
    kind: "plan",
    plan: "starter",
    interval: "month",
    seats: 1,
  });
  const { status } = await requestChange(owner, down, world.gateway);
  expect(status).toBe("scheduled");
  const { subscriptionId } = await idsOf(owner);
  const { schedule } = await world.stripe.subscriptions.retrieve(subscriptionId);
  const { phases, default_settings } = await world.stripe.subscriptionSchedules.retrieve(
    String(schedule),
  );
  const isTaxed = phases.at(-1)?.automatic_tax?.enabled ?? default_settings.automatic_tax?.enabled;
  expect(isTaxed).toBe(true);
});

test("a business elsewhere in the Union accounts for it itself, and the exempt pay none", async () => {
  const vat = { tax_type: "eu_vat", tax_value: "FR12345678901" };
  const french = await buy(starter, { ...card, ...paris, ...vat });
  const reversed = await latestOf(french);
  expect(reversed.total).toEqual(reversed.sums.subtotal);
  expect(reversed.sums.taxes).toMatchObject([{ reason: "reverse_charge", amount: { minor: 0n } }]);
  expect(reversed.billedTo.taxIds).toMatchObject([{ value: "FR12345678901" }]);
  expect(await verdictOf(reversed)).toBe("equal");

  const exempt = await buy(starter, { ...card, ...berlin }, async (owner) => {
    await updateDetails(owner, details, world.gateway);
    const key = `exempt-${owner.tenantId}`;
    const words = { key, why: "A public school", exemption: "exempt" } as const;
    const of = { tenantId: owner.tenantId, ...words };
    await setTaxExemption(admin, of, world.gateway);
  });
  const free = await latestOf(exempt);
  expect(free.sums.taxes).toMatchObject([{ reason: "customer_exempt", amount: { minor: 0n } }]);
  expect(await verdictOf(free)).toBe("equal");
});

test("tax inside a price in yen is a part of it, without a fraction", async () => {
  await world.stripe.tax.settings.update({ defaults: { tax_behavior: "inclusive" } });
  const owner = await buy({ ...starter, currency: "jpy" }, { ...card, ...tokyo });
  const invoice = await latestOf(owner);
  // 2,905 × 10/110 = 264.09
  expect(invoice.total).toEqual({ minor: 2905n, currency: "jpy" });
  expect(invoice.sums.taxes).toMatchObject([
    { percent: "10", name: "JCT", isInside: true, amount: { minor: 264n, currency: "jpy" } },
  ]);
  expect(await verdictOf(invoice)).toBe("equal");
  const [, line] = (await textOf(await exportInvoices(owner, {}))).split("\r\n");
  expect(line).toContain(",JPY,2905,0,264,2905,2905,2905,");
  await world.stripe.tax.settings.update({ defaults: { tax_behavior: "exclusive" } });
});

test("euros and then yen are two sums, nowhere one", async () => {
  const owner = await buy(starter, { ...card, ...tokyo });
  await requestChange(owner, { kind: "cancel_now", reason: "other" }, world.gateway);
  await world.settle(inbox);
  const { url } = await startCheckout(owner, { ...starter, currency: "jpy" }, world.gateway);
  const form = { email: "ada@acme.test", name: "Acme", ...card, ...tokyo };
  for (const _ of [1, 2]) await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  await world.settle(inbox);
  const csv = await textOf(await exportInvoices(owner, {}));
  const cells = csv
    .trim()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(","));
  expect(new Set(cells.map((row) => row[3]))).toEqual(new Set(["JPY", "EUR"]));
  for (const row of cells) expect(row[7]?.includes(".")).toBe(row[3] === "EUR");
  const { rows } = await listInvoices(owner);
  expect(rows.map(({ total }) => total.currency).sort()).toEqual(["eur", "jpy"]);
  const overview = await getAdminOverview(admin);
  const mrr = overview.mrr.map(({ currency }) => currency);
  expect(new Set(mrr).size).toBe(mrr.length);
  expect(mrr).toEqual(expect.arrayContaining(["eur", "jpy"]));
});

test("turned on for all, those whose place is known are taxed, and the others once they say it", async () => {
  await changeTax(admin, { tax: "all" }, world.gateway);
  expect((await getTax(admin, world.gateway)).isSettled).toBe(false);
  await taxSubscriptions(world.system, world.gateway);
  await world.settle(inbox);
  const ids = [await idsOf(placed), await idsOf(nowhere)];
  const taxed = async () => {
    const found = ids.map(({ subscriptionId }) =>
      world.stripe.subscriptions.retrieve(subscriptionId),
    );
    return (await Promise.all(found)).map(({ automatic_tax }) => automatic_tax.enabled);
  };
  expect(await taxed()).toEqual([true, false]);
  const { untaxed } = await getTax(admin, world.gateway);
  expect(untaxed.map(({ tenantId }) => tenantId)).toEqual([nowhere.tenantId]);

  await updateDetails(nowhere, { ...details, country: "FR", city: "Paris" }, world.gateway);
  expect(await taxed()).toEqual([true, true]);
  await addTaxId(nowhere, { type: "eu_vat", value: "FR12345678901" }, world.gateway);

  await changeTax(admin, { tax: "off" }, world.gateway);
  await world.settle(inbox);
  await taxSubscriptions(world.system, world.gateway);
  expect(await taxed()).toEqual([false, false]);
});

test("a debit at checkout is waited for: no word of failing until the bank says no", async () => {
  const bySepa = (iban: string) => buy(starter, { way: "sepa_debit", iban, ...berlin });
  const factsOf = async (owner: TenantContext) => {
    const facts = await view(owner, (tx) => tx.fact.findMany({ orderBy: { at: "asc" } }));
    return facts.map(({ kind }) => kind).filter((kind) => /^invoice\.pa/.test(kind));
  };
  /** Mails of a payment that failed, to this owner. */
  const refusalsMailed = async (owner: TenantContext) => {
    const { email } = await view(world.system, (tx) =>
      tx.user.findUniqueOrThrow({ where: { id: owner.userId } }),
    );
    const where = { template: "payment-failed", to: email };
    return view(world.system, (tx) => tx.mail.count({ where }));
  };
  const lateBefore = (await getAdminOverview(admin)).invoices.pastDue.count;
  const learned = async (owner: TenantContext) => {
    const { id } = await latestOf(owner);
    await learnPayments(world.system, { invoiceId: id }, world.gateway);
    await world.settle(inbox);
    return findPaymentsUnderWay(owner);
  };
  const good = await bySepa("DE08370400440532013003");
  const bad = await bySepa("DE78370400440532013004");
  for (const owner of [good, bad]) {
    expect(await learned(owner)).toMatchObject([
      { method: "sepa_debit", amount: (await latestOf(owner)).sums.remaining },
    ]);
    expect((await latestOf(owner)).underWay).toBe("processing");
    expect(await factsOf(owner)).toEqual([]);
    expect(await refusalsMailed(owner)).toBe(0);
    expect((await getSubscriptionStatus(owner)).status).toBe("active");
    // Stripe counts a debit as a try when it leaves for the bank.
    const { id } = await latestOf(owner);
    expect(await world.stripe.invoices.retrieve(id)).toMatchObject({
      ...{ status: "open", attempted: true, attempt_count: 1, next_payment_attempt: null },
    });
  }
  expect((await getAdminOverview(admin)).invoices.pastDue.count).toBe(lateBefore);
  await world.act("clock", { advance_seconds: 200 });
  await world.settle(inbox);
  expect(await learned(good)).toEqual([]);
  expect(await factsOf(good)).toEqual(["invoice.paid"]);
  expect(await learned(bad)).toEqual([]);
  expect(await factsOf(bad)).toEqual(["invoice.payment_failed"]);
  expect([await refusalsMailed(good), await refusalsMailed(bad)]).toEqual([0, 1]);
  expect((await getAdminOverview(admin)).invoices.pastDue.count).toBe(lateBefore + 1);
  const failed = await latestOf(bad);
  expect(await world.stripe.invoices.retrieve(failed.id)).toMatchObject({ attempt_count: 1 });
  expect(failed).toMatchObject({ status: "open", underWay: null });
  expect(failed.tries.at(-1)).toMatchObject({ status: "failed", method: { type: "sepa_debit" } });
  expect((await getSubscriptionStatus(bad)).status).toBe("past_due");
});

test("which ways to pay are offered is decided here, kept at Stripe, and put right again", async () => {
  const offered = async () => {
    const { owner } = await newOwner(world.system);
    const { checkoutId } = await startCheckout(owner, starter, world.gateway);
    const row = await view(owner, (tx) =>
      tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
    );
    const session = await world.stripe.checkout.sessions.retrieve(row.stripeSessionId!);
    return { id: row.methodConfigurationId, types: session.payment_method_types };
  };
  expect(await offered()).toEqual({ id: null, types: ["card", "sepa_debit"] });
  await keepMethods(world.system, world.gateway);
  expect((await getMethodsSetup(admin, world.gateway)).configuration).toBeNull();

  await changeMethod(admin, { method: "sepa_debit", isOn: false });
  await keepMethods(world.system, world.gateway);
  const { configuration, isSettled } = await getMethodsSetup(admin, world.gateway);
  expect(isSettled).toBe(true);
  expect(configuration?.methods.get("sepa_debit")).toMatchObject({ isOn: false });
  expect(await offered()).toEqual({ id: configuration!.id, types: ["card"] });

  const on = { display_preference: { preference: "on" as const } };
  await world.stripe.paymentMethodConfigurations.update(configuration!.id, { sepa_debit: on });
  await keepMethods(world.system, world.gateway);
  expect((await offered()).types).toEqual(["card"]);
  await changeMethod(admin, { method: "sepa_debit", isOn: null });
  await keepMethods(world.system, world.gateway);
  expect((await offered()).types).toEqual(["card", "sepa_debit"]);
  const alone = changeMethod(admin, { method: "card", isOn: false });
  await expect(alone).rejects.toMatchObject({ code: "conflict", field: "method" });
});
