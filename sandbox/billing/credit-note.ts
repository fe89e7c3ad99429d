import { creditLines, type LineSent } from "#sandbox/billing/credit-note-lines";
import { moveBalance } from "#sandbox/billing/customer-balance";
import { askForRest } from "#sandbox/billing/default-payment";
import { markPaid } from "#sandbox/billing/mark-paid";
import { refundCharge } from "#sandbox/payments/refund";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Note = ObjectOf<"credit_note">;

/** What a credit note is asked to be. */
export interface CreditInput {
  invoice: Row<"invoice">;
  amount: number | undefined;
  lines: readonly LineSent[] | undefined;
  credit: number | undefined;
  outOfBand: number | undefined;
  refund: number | undefined;
  refunds: readonly { refund: string; amount: number | undefined }[];
  fields: Partial<Note>;
}

/** Credits an invoice: before it is paid, less is due; after it, the sum is split over refunds, the
 *  customer's balance and what was given back elsewhere. */
export function createCreditNote(world: World, input: CreditInput): Row<"credit_note"> {
  const { invoice } = input;
  const note = blankNote(world, input);
  const before = Math.min(note.total, invoice.object.amount_remaining);
  const after = note.total - before;
  if (after > creditable(invoice.object)) {
    const left = creditable(invoice.object) + invoice.object.amount_remaining;
    throw invalidRequest(
      `The credit note's total (${note.total}) is more than can still be credited (${left}).`,
      undefined,
      "amount",
    );
  }
  const split = splitOf(world, input, after);
  const object: Note = {
    ...note,
    out_of_band_amount: after === 0 ? null : split.outOfBand,
    post_payment_amount: after,
    pre_payment_amount: before,
    type: after === 0 ? "pre_payment" : before === 0 ? "post_payment" : "mixed",
  };
  const row = world.insert("credit_note", object, {});
  if (split.credit > 0) creditBalance(world, row, split.credit);
  if (split.refund > 0) giveBack(world, row, invoice, split.refund);
  reduce(world, invoice, before, after);
  world.emit("credit_note.created", row.object);
  return row;
}

/** Takes a credit note of an open invoice back: what it took off is due again. */
export function voidCreditNote(world: World, row: Row<"credit_note">): void {
  const invoice = get(world, "invoice", row.object.invoice);
  if (row.object.status === "void") throw invalidRequest("This credit note is already void.");
  if (row.object.type !== "pre_payment" || invoice.object.status !== "open") {
    throw invalidRequest("You can only void a credit note of an open invoice.");
  }
  row.object = { ...row.object, status: "void", voided_at: world.now() };
  world.save(row);
  reduce(world, invoice, -row.object.pre_payment_amount, 0);
  world.emit("credit_note.voided", row.object);
}

function blankNote(world: World, { invoice, amount, lines, fields }: CreditInput): Note {
  const { object } = invoice;
  const before = world.list("credit_note", { parent: object.id }).length;
  const id = world.newId("cn");
  const data = creditLines(world, object, lines, amount);
  const sum = (of: (line: (typeof data)[number]) => number) =>
    data.reduce((total, line) => total + of(line), 0);
  const subtotal = sum((line) => line.amount);
  const off = sum((line) => line.discount_amount);
  const taxes = data.flatMap((line) => line.taxes ?? []);
  const exclusive = taxes
    .filter(({ tax_behavior }) => tax_behavior === "exclusive")
    .reduce((total, tax) => total + tax.amount, 0);
  const total = subtotal - off + exclusive;
  return {
    id,
    object: "credit_note",
    amount: total,
    ...unmade,
    created: world.now(),
    currency: object.currency,
    customer: object.customer ?? "",
    customer_account: object.customer_account ?? null,
    discount_amount: off,
    discount_amounts: data.flatMap((line) => line.discount_amounts),
    effective_at: world.now(),
    invoice: object.id,
    lines: listOf(`/v1/credit_notes/${id}/lines`, data),
    number: `${object.number}-CN-${String(before + 1).padStart(2, "0")}`,
    pdf: `${world.origin}/cn/${world.account}/${world.newId("secret")}/pdf`,
    pretax_credit_amounts: data.flatMap((line) => line.pretax_credit_amounts),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total - exclusive,
    total_taxes: taxes as Note["total_taxes"],
    ...fields,
  };
}

const unmade = {
  amount_shipping: 0,
  customer_balance_transaction: null,
  livemode: false,
  memo: null,
  metadata: {},
  out_of_band_amount: null,
  post_payment_amount: 0,
  pre_payment_amount: 0,
  reason: null,
  refunds: [],
  shipping_cost: null,
  status: "issued" as const,
  type: "pre_payment" as const,
  voided_at: null,
};

function creditable(invoice: ObjectOf<"invoice">): number {
  return invoice.amount_paid - invoice.post_payment_credit_notes_amount;
}

function splitOf(world: World, input: CreditInput, after: number) {
  const linked = input.refunds.reduce((sum, { refund, amount }) => {
    return sum + (amount ?? get(world, "refund", refund, "refunds").object.amount);
  }, 0);
  const split = {
    credit: input.credit ?? 0,
    outOfBand: input.outOfBand ?? 0,
    refund: input.refund ?? 0,
    linked,
  };
  const given = split.credit + split.outOfBand + split.refund + linked;
  if (given !== after) {
    throw invalidRequest(
      "The sum of `credit_amount`, `refund_amount`, `out_of_band_amount` and `refunds` " +
        `(${given}) must equal the post-payment amount of the credit note (${after}).`,
    );
  }
  return split;
}

function creditBalance(world: World, row: Row<"credit_note">, amount: number): void {
  const customer = get(world, "customer", row.object.customer);
  const moved = moveBalance(world, customer, -amount, {
    type: "credit_note",
    credit_note: row.object.id,
    currency: row.object.currency,
    invoice: row.object.invoice,
  });
  row.object = { ...row.object, customer_balance_transaction: moved?.object.id ?? null };
  world.save(row);
}

function giveBack(
  world: World,
  row: Row<"credit_note">,
  invoice: Row<"invoice">,
  amount: number,
): void {
  const charges = chargesOf(world, invoice.object.id);
  if (charges.length === 0) {
    const message = "This invoice was not paid by a charge, so there is nothing to refund.";
    throw invalidRequest(message, undefined, "refund_amount");
  }
  let left = amount;
  for (const [place, charge] of charges.entries()) {
    const unrefunded = charge.object.amount - charge.object.amount_refunded;
    const part = place === charges.length - 1 ? left : Math.min(left, unrefunded);
    if (part === 0) continue;
    const refund = refundCharge(world, charge, { ...plainRefund, amount: part });
    const given = {
      amount_refunded: part,
      payment_record_refund: null,
      refund: refund.object.id,
      type: "refund" as const,
    };
    row.object = { ...row.object, refunds: [...row.object.refunds, given] };
    left -= part;
  }
  world.save(row);
}

const plainRefund = { reason: null, metadata: {}, refundsFee: false, reversesTransfer: false };

// What was paid first goes back first.
function chargesOf(world: World, invoice: string): Row<"charge">[] {
  return world
    .list("invoice_payment", { parent: invoice, status: "paid", order: "oldest" })
    .flatMap(({ object }) => {
      const intent = world.find("payment_intent", object.payment.payment_intent ?? "");
      const charge = world.find("charge", intent?.object.latest_charge ?? "");
      return charge === undefined ? [] : [charge];
    });
}

// What is still due falls, and with it what the payment asks for; at nothing the invoice is paid.
function reduce(world: World, row: Row<"invoice">, before: number, after: number): void {
  const { object } = row;
  const left = object.amount_remaining - before;
  row.object = {
    ...object,
    amount_due: object.amount_due - before,
    amount_remaining: left,
    post_payment_credit_notes_amount: object.post_payment_credit_notes_amount + after,
    pre_payment_credit_notes_amount: object.pre_payment_credit_notes_amount + before,
  };
  world.save(row);
  if (before > 0) askForRest(world, row);
  world.emit("invoice.updated", row.object, {
    ...(before > 0 && { amount_due: object.amount_due }),
    post_payment_credit_notes_amount: object.post_payment_credit_notes_amount,
    pre_payment_credit_notes_amount: object.pre_payment_credit_notes_amount,
  });
  if (before === 0) return;
  if (left === 0 && object.status === "open") markPaid(world, row, undefined, 0);
}
