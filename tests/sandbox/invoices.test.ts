import type Stripe from "stripe";
import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function owing(name: string, amount = 1500, more: Stripe.CustomerCreateParams = {}) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe, "pm_card_visa", more);
  const item = await stripe.invoiceItems.create({
    customer: customer.id,
    amount,
    currency: "usd",
    description: "Setting up",
  });
  const draft = (more: Partial<Stripe.InvoiceCreateParams> = {}) =>
    stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
      ...more,
    });
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  return { stripe, customer, item, draft, advance };
}

test("37: an invoice made by hand does not advance and leaves out what is pending", async () => {
  const { stripe, customer, item } = await owing("i37");
  const empty = await stripe.invoices.create({ customer: customer.id });
  expect(empty).toMatchObject({
    auto_advance: false,
    billing_reason: "manual",
    status: "draft",
    total: 0,
  });
  expect((await stripe.invoiceItems.list({ pending: true })).data[0]?.id).toBe(item.id);
  const full = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
  });
  expect(full.lines.data).toMatchObject([
    { amount: 1500, parent: { invoice_item_details: { invoice_item: item.id } } },
  ]);
});

test("38: finalising numbers an invoice and does not collect it; one for nothing pays itself", async () => {
  const { stripe, customer, draft } = await owing("i38");
  const open = await stripe.invoices.finalizeInvoice((await draft()).id);
  expect(open).toMatchObject({ status: "open", amount_due: 1500, amount_paid: 0 });
  expect(open.number).toMatch(/-0001$/);
  const nothing = await stripe.invoices.create({ customer: customer.id });
  expect(await stripe.invoices.finalizeInvoice(nothing.id)).toMatchObject({ status: "paid" });
  await expect(stripe.invoices.finalizeInvoice(nothing.id)).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
});

test("36: a draft told to advance is final after 3,601 seconds, and then paid", async () => {
  // Stripe's own clocks stand still between two steps, so a second more is a second more.
  const clocks = sandbox.client("i36").testHelpers.testClocks;
  const { id: clock, frozen_time: noon } = await clocks.create({ frozen_time: 1_767_268_800 });
  const { stripe, draft } = await owing("i36", 1500, { test_clock: clock });
  const advanceTo = async (to: number) => {
    await clocks.advance(clock, { frozen_time: to });
    const status = async () => (await clocks.retrieve(clock)).status;
    await expect.poll(status, { timeout: 5000 }).toBe("ready");
  };
  const made = await draft({ auto_advance: true });
  expect(made.created).toBe(noon);
  expect(made.automatically_finalizes_at).toBe(made.created + 3600);
  await advanceTo(noon + 3600);
  expect((await stripe.invoices.retrieve(made.id)).status).toBe("draft");
  await advanceTo(noon + 3601);
  expect(await stripe.invoices.retrieve(made.id)).toMatchObject({
    status: "paid",
    amount_paid: 1500,
  });
});

test("36: one made final by hand that advances is tried an hour later", async () => {
  const { stripe, draft, advance } = await owing("i36b");
  const open = await stripe.invoices.finalizeInvoice((await draft()).id, { auto_advance: true });
  expect(open).toMatchObject({ status: "open", auto_advance: true });
  expect(open.next_payment_attempt).toBe((open.status_transitions.finalized_at ?? 0) + 3600);
  await advance(3600);
  expect((await stripe.invoices.retrieve(open.id)).status).toBe("paid");
});

test("39: paying a draft finalises and collects it", async () => {
  const { stripe, draft } = await owing("i39");
  const paid = await stripe.invoices.pay((await draft()).id);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 1500, amount_remaining: 0 });
  await expect(stripe.invoices.pay(paid.id)).rejects.toThrow("already paid");
});

test("40: only an open invoice is marked uncollectible or void", async () => {
  const { stripe, draft } = await owing("i40");
  const made = await draft();
  await expect(stripe.invoices.markUncollectible(made.id)).rejects.toThrow("open invoice");
  await expect(stripe.invoices.voidInvoice(made.id)).rejects.toThrow("open invoice");
  await stripe.invoices.finalizeInvoice(made.id);
  expect((await stripe.invoices.markUncollectible(made.id)).status).toBe("uncollectible");
  await expect(stripe.invoices.markUncollectible(made.id)).rejects.toThrow("open invoice");
  expect((await stripe.invoices.voidInvoice(made.id)).status).toBe("void");
  await expect(stripe.invoices.voidInvoice(made.id)).rejects.toThrow("open invoice");
});

test("41: deleting a draft does not release its items", async () => {
  const { stripe, draft, item } = await owing("i41");
  const made = await draft();
  expect(await stripe.invoices.del(made.id)).toMatchObject({ deleted: true });
  expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  await expect(stripe.invoiceItems.retrieve(item.id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(stripe.invoices.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("42: a customer's credit is used at finalisation, and a negative total becomes credit", async () => {
  const { stripe, customer, draft } = await owing("i42");
  await stripe.customers.createBalanceTransaction(customer.id, { amount: -1000, currency: "usd" });
  const open = await stripe.invoices.finalizeInvoice((await draft()).id);
  expect(open).toMatchObject({
    starting_balance: -1000,
    ending_balance: 0,
    total: 1500,
    amount_due: 500,
  });
  await stripe.invoiceItems.create({ customer: customer.id, amount: -700, currency: "usd" });
  const credit = await stripe.invoices.finalizeInvoice((await draft()).id);
  expect(credit).toMatchObject({
    total: -700,
    amount_due: 0,
    status: "paid",
    ending_balance: -700,
  });
  const { data } = await stripe.customers.listBalanceTransactions(customer.id);
  expect(data.map(({ amount, type, ending_balance }) => [amount, type, ending_balance])).toEqual([
    [-700, "applied_to_invoice", -700],
    [1000, "applied_to_invoice", 0],
    [-1000, "adjustment", -1000],
  ]);
  expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
    balance: -700,
  });
});

test("42: a void invoice gives back the credit it had used", async () => {
  const { stripe, customer, draft } = await owing("i42v");
  await stripe.customers.update(customer.id, { balance: -1000 });
  const open = await stripe.invoices.finalizeInvoice((await draft()).id);
  await stripe.invoices.voidInvoice(open.id);
  const { data } = await stripe.customers.listBalanceTransactions(customer.id);
  expect(data[0]).toMatchObject({ type: "unapplied_from_invoice", ending_balance: -1000 });
});

test("43: under 50 cents is rolled to the balance, and the next invoice asks for it", async () => {
  const { stripe, customer, draft } = await owing("i43", 49);
  const small = await stripe.invoices.finalizeInvoice((await draft()).id);
  expect(small).toMatchObject({ status: "paid", amount_due: 0, ending_balance: 49 });
  const [moved] = (await stripe.customers.listBalanceTransactions(customer.id)).data;
  expect(moved).toMatchObject({ type: "invoice_too_small", amount: 49, invoice: small.id });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 100, currency: "usd" });
  const next = await stripe.invoices.finalizeInvoice((await draft()).id);
  expect(next).toMatchObject({ total: 100, amount_due: 149, ending_balance: 0 });
});

test("a draft follows its items, its lines and its discounts; a final invoice does not", async () => {
  const { stripe, item, draft } = await owing("iedit");
  const made = await draft();
  await stripe.invoiceItems.update(item.id, { amount: 2000 });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 250,
    product_data: { name: "Sticker" },
  });
  const more = await stripe.invoices.addLines(made.id, {
    lines: [
      { pricing: { price: price.id }, quantity: 4 },
      { amount: 500, description: "Post" },
    ],
  });
  expect(more.lines.data.map(({ amount }) => amount)).toEqual([2000, 1000, 500]);
  const [, sticker, post] = more.lines.data;
  await stripe.invoices.updateLineItem(made.id, sticker?.id ?? "", { quantity: 2 });
  await stripe.invoices.removeLines(made.id, {
    lines: [{ id: post?.id ?? "", behavior: "delete" }],
  });
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const changed = await stripe.invoices.update(made.id, { discounts: [{ coupon: coupon.id }] });
  expect(changed).toMatchObject({ subtotal: 2500, total: 2250 });
  await stripe.invoiceItems.del(item.id);
  expect((await stripe.invoices.finalizeInvoice(made.id)).total).toBe(450);
  await expect(stripe.invoices.addLines(made.id, { lines: [{ amount: 1 }] })).rejects.toThrow(
    "no longer editable",
  );
  await expect(stripe.invoices.update(made.id, { footer: "Late" })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
});

test("an invoice to be sent has a due date, is sent, and can be paid in another way", async () => {
  const { stripe, draft } = await owing("isend");
  await expect(draft({ collection_method: "send_invoice" })).rejects.toMatchObject({
    param: "days_until_due",
  });
  const made = await draft({ collection_method: "send_invoice", days_until_due: 14 });
  expect(made.due_date).toBe(made.created + 14 * 86_400);
  expect(await stripe.invoices.sendInvoice(made.id)).toMatchObject({ status: "open" });
  const paid = await stripe.invoices.pay(made.id, { paid_out_of_band: true });
  expect(paid).toMatchObject({ status: "paid", amount_paid: 1500 });
  expect((await stripe.charges.list()).data).toEqual([]);
  const types = (await stripe.events.list()).data.map(({ type }) => type);
  expect(types).toContain("invoice.sent");
});

test("what is pending goes on the customer's next subscription invoice", async () => {
  const { stripe, customer } = await owing("inext");
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    product_data: { name: "Team" },
  });
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const [first] = (await stripe.invoices.list()).data;
  expect(first).toMatchObject({ billing_reason: "subscription_create", total: 2500 });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 400, currency: "usd" });
  await sandbox.admin("/clock", { advance_seconds: 32 * 86_400 }, "inext");
  const [renewal] = (await stripe.invoices.list()).data;
  expect(renewal).toMatchObject({ billing_reason: "subscription_cycle", total: 1400 });
});

test("an item takes an amount, a price or a unit amount, and refuses what it cannot be", async () => {
  const { stripe, customer } = await owing("iitem");
  const at = { customer: customer.id, currency: "usd" };
  await expect(stripe.invoiceItems.create(at)).rejects.toMatchObject({ param: "amount" });
  await expect(
    stripe.invoiceItems.create({ customer: customer.id, pricing: { price: "price_none" } }),
  ).rejects.toMatchObject({ code: "resource_missing" });
  const monthly = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    product_data: { name: "Team" },
  });
  await expect(
    stripe.invoiceItems.create({ customer: customer.id, pricing: { price: monthly.id } }),
  ).rejects.toThrow("type=one_time");
});

test("the PDF of an invoice is one, with its number, its lines and its total", async () => {
  const { stripe, draft } = await owing("ipdf");
  const open = await stripe.invoices.finalizeInvoice((await draft()).id);
  const response = await fetch(open.invoice_pdf ?? "");
  expect(response.headers.get("content-type")).toBe("application/pdf");
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect(text.startsWith("%PDF-1.4")).toBe(true);
  expect(text).toContain(`(Invoice ${open.number})`);
  expect(text).toContain("(Setting up)");
  expect(text).toContain("($15.00)");
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(start, start + 4)).toBe("xref");
  expect((await fetch(String(open.invoice_pdf).replace("/pdf", "x/pdf"))).status).toBe(404);
});

test("an open invoice is paid on its page, a refused card is told why, and a receipt follows", async () => {
  const { stripe, draft } = await owing("ipage");
  const open = await stripe.invoices.finalizeInvoice((await draft()).id);
  const url = open.hosted_invoice_url ?? "";
  expect(await (await fetch(url)).text()).toContain("Pay $15.00");
  const press = (number: string) =>
    fetch(url, {
      method: "POST",
      body: new URLSearchParams({ number, expiry: "12 / 34", cvc: "123" }),
      redirect: "manual",
    });
  expect(await (await press("4000 0000 0000 9995")).text()).toContain("insufficient funds");
  expect((await press("4242 4242 4242 4242")).status).toBe(303);
  expect((await stripe.invoices.retrieve(open.id)).status).toBe("paid");
  expect(await (await fetch(url)).text()).not.toContain("Pay $15.00");
  const [charge] = (await stripe.charges.list()).data;
  const receipt = await (await fetch(charge?.receipt_url ?? "")).text();
  expect(receipt).toContain("visa ending in 4242");
  expect((await fetch(`${charge?.receipt_url}x`)).status).toBe(404);
});

test("a draft whose tax lacks a place does not become final, and says so", async () => {
  const { stripe, draft, advance } = await owing("ilack");
  const made = await draft({ auto_advance: true, automatic_tax: { enabled: true } });
  await advance(3601);
  expect(await stripe.invoices.retrieve(made.id)).toMatchObject({
    status: "draft",
    last_finalization_error: { code: "customer_tax_location_invalid" },
  });
  const [failed] = (await stripe.events.list({ type: "invoice.finalization_failed" })).data;
  expect(failed).toBeDefined();
});
