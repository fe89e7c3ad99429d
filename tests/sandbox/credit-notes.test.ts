import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function billed(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 10_000, currency: "usd" });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  const read = () => stripe.invoices.retrieve(invoice.id);
  return { stripe, customer, invoice, read };
}

test("56: before payment a credit note makes less due, and what is paid is the rest", async () => {
  const { stripe, invoice, read } = await billed("c56");
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 2500 });
  expect(note).toMatchObject({
    type: "pre_payment",
    pre_payment_amount: 2500,
    post_payment_amount: 0,
    number: `${invoice.number}-CN-01`,
  });
  expect(await read()).toMatchObject({
    amount_due: 7500,
    amount_remaining: 7500,
    pre_payment_credit_notes_amount: 2500,
  });
  expect(await stripe.invoices.pay(invoice.id)).toMatchObject({ amount_paid: 7500 });
  expect((await stripe.charges.list()).data[0]?.amount).toBe(7500);
});

test("56: crediting all of an open invoice pays it, and voiding a credit note takes it back", async () => {
  const { stripe, invoice, read } = await billed("c56all");
  const some = await stripe.creditNotes.create({ invoice: invoice.id, amount: 4000 });
  expect((await stripe.creditNotes.voidCreditNote(some.id)).status).toBe("void");
  expect((await read()).amount_due).toBe(10_000);
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 10_000 });
  expect(await read()).toMatchObject({ status: "paid", amount_paid: 0, amount_remaining: 0 });
});

test("56: after payment it is split over a refund, the balance and what was given elsewhere", async () => {
  const { stripe, customer, invoice, read } = await billed("c56post");
  await stripe.invoices.pay(invoice.id);
  const [line] = (await read()).lines.data;
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: "invoice_line_item", invoice_line_item: line?.id ?? "", amount: 6000 }],
    refund_amount: 3000,
    credit_amount: 2000,
    out_of_band_amount: 1000,
    reason: "order_change",
  });
  expect(note).toMatchObject({
    type: "post_payment",
    post_payment_amount: 6000,
    out_of_band_amount: 1000,
    refunds: [{ amount_refunded: 3000 }],
  });
  expect((await stripe.refunds.list()).data).toMatchObject([{ amount: 3000 }]);
  const [moved] = (await stripe.customers.listBalanceTransactions(customer.id)).data;
  expect(moved).toMatchObject({ amount: -2000, type: "credit_note", credit_note: note.id });
  expect(await read()).toMatchObject({
    status: "paid",
    amount_paid: 10_000,
    post_payment_credit_notes_amount: 6000,
  });
  await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow("open invoice");
});

test("56: a split that does not add up, or more than was paid, is refused and writes nothing", async () => {
  const { stripe, invoice } = await billed("c56bad");
  await stripe.invoices.pay(invoice.id);
  await expect(
    stripe.creditNotes.create({ invoice: invoice.id, amount: 1000, refund_amount: 400 }),
  ).rejects.toThrow("must equal the post-payment amount");
  await expect(
    stripe.creditNotes.create({ invoice: invoice.id, amount: 10_001, credit_amount: 10_001 }),
  ).rejects.toMatchObject({ param: "amount", statusCode: 400 });
  expect((await stripe.creditNotes.list()).data).toEqual([]);
  expect((await stripe.refunds.list()).data).toEqual([]);
});

test("a preview of a credit note is not kept, and its PDF is one", async () => {
  const { stripe, invoice } = await billed("cprev");
  const preview = await stripe.creditNotes.preview({ invoice: invoice.id, amount: 500 });
  expect(preview).toMatchObject({ total: 500, type: "pre_payment" });
  expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toEqual([]);
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 500 });
  const pdf = Buffer.from(await (await fetch(note.pdf)).arrayBuffer()).toString("latin1");
  expect(pdf).toContain(`(Credit note ${note.number})`);
});

test("a credited line gives back its part of the discount", async () => {
  const stripe = sandbox.client("cdisc");
  const customer = await payingCustomer(stripe);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 1000, currency: "usd" });
  const coupon = await stripe.coupons.create({ percent_off: 20 });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
    discounts: [{ coupon: coupon.id }],
  });
  const paid = await stripe.invoices.pay(draft.id);
  const note = await stripe.creditNotes.create({
    invoice: paid.id,
    lines: [
      {
        type: "invoice_line_item",
        invoice_line_item: paid.lines.data[0]?.id ?? "",
        amount: 500,
      },
    ],
    credit_amount: 400,
  });
  expect(note).toMatchObject({ subtotal: 500, discount_amount: 100, total: 400 });
});
