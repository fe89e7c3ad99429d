import { account, type Move } from "#lib/ledger/entry";
import {
  type Built,
  bookOf,
  type Claim,
  type Known,
  reverse,
  type Source,
  shift,
} from "#lib/ledger-rules/claim";
import { ofStranger, voidedAs, whoseOf } from "#lib/ledger-rules/invoice-claims";
import { amountsOf } from "#lib/ledger-rules/line-parts";
import { bearable, type Relief, restOf, type Schedule } from "#lib/ledger-rules/schedule";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Note = StripeObjects["credit_note"];

/**
 * What a tenant is credited: first of what is not earned yet, then of what is. What of it goes to
 * its balance, or was paid back elsewhere, leaves the receivable again; a refund does so itself.
 */
export function creditNoteClaims({ account: of, tenantId, object: note }: Source<Note>): Claim[] {
  const { id, currency } = note;
  const invoiceId = idOf(note.invoice);
  if (of !== "" || !isCurrency(currency) || !invoiceId) return [];
  const whose = whoseOf(note, tenantId);
  const customerId = idOf(note.customer);
  const common = {
    book: bookOf(of),
    about: { ...(tenantId && { tenantId }), ...(customerId && { customerId }), objectId: id },
  };
  const issuedAs = `credit_note:${id}:issued`;
  const finalizedAs = { book: common.book, reference: `invoice:${invoiceId}:finalized` };
  const invoiceVoided = { book: common.book, reference: voidedAs(invoiceId) };
  // A void takes back what was credited before it. Of what is told later nothing is left.
  const isOver = (known: Known) => known.moves(common.book, invoiceVoided.reference).length > 0;
  const whole = { invoices: [invoiceId], billed: [invoiceId] };
  const issued: Claim = {
    ...{ ...common, kind: "credit_note.issued", reference: issuedAs },
    effectiveAt: instantFrom(note.created),
    needs: { ...whole, posted: [finalizedAs, invoiceVoided] },
    build: (known) => {
      if (isOver(known)) return { moves: [] };
      // Before the invoice itself is posted nobody knows what of it is unearned.
      if (known.moves(finalizedAs.book, finalizedAs.reference).length === 0) return null;
      const credited = creditMoves(note, currency, whose, known.schedules(invoiceId));
      return { ...credited, moves: [...credited.moves, ...handedOver(note, currency, whose)] };
    },
  };
  if (!tenantId) return [{ ...issued, ...ofStranger }];
  if (note.status !== "void") return [issued];
  const voided: Claim = {
    ...{ ...common, kind: "credit_note.voided", reference: `credit_note:${id}:voided` },
    effectiveAt: instantFrom(note.voided_at ?? note.created),
    needs: { ...whole, posted: [invoiceVoided, { book: common.book, reference: issuedAs }] },
    build: (known) =>
      isOver(known)
        ? { moves: [] }
        : takenBack(note, invoiceId, known.moves(common.book, issuedAs), known),
  };
  return [issued, voided];
}

function creditMoves(
  note: Note,
  currency: Currency,
  whose: string,
  schedules: readonly Schedule[],
): Built {
  const receivable = account("receivable", whose);
  const moves: Move[] = [];
  const relief: Relief[] = [];
  let counted = 0n;
  for (const line of note.lines.data) {
    const { net, tax, credits } = amountsOf(line);
    const schedule = schedules.find(({ lineId }) => lineId === line.invoice_line_item);
    const taken = relief.find(({ lineId }) => lineId === schedule?.lineId)?.minor ?? 0n;
    const unearned = schedule ? bearable(restOf(schedule) - taken, net - credits) : 0n;
    const plan = schedule?.plan ?? undefined;
    moves.push(
      ...shift(unearned, currency, receivable, account("deferred", whose), plan),
      ...shift(net - credits - unearned, currency, receivable, account("contra:refunds"), plan),
      ...shift(tax, currency, receivable, account("tax")),
    );
    if (unearned !== 0n) relief.push({ lineId: schedule!.lineId, minor: unearned });
    counted += net - credits + tax;
  }
  const rest = BigInt(note.total) - counted;
  moves.push(...shift(rest, currency, receivable, account("contra:refunds")));
  return { moves, relief };
}

/** What was paid already and is not refunded by Stripe: to the balance, or by other means. */
function handedOver(note: Note, currency: Currency, whose: string): Move[] {
  const receivable = account("receivable", whose);
  const elsewhere = BigInt(note.out_of_band_amount ?? 0);
  const refunded = note.refunds.reduce((sum, one) => sum + BigInt(one.amount_refunded), 0n);
  const toBalance = note.customer_balance_transaction
    ? BigInt(note.post_payment_amount) - refunded - elsewhere
    : 0n;
  return [
    ...shift(toBalance, currency, account("customer_credit", whose), receivable),
    ...shift(elsewhere, currency, account("bank:cash"), receivable),
  ];
}

/** Taken back, what it took off the days to come is to be earned in them again. */
function takenBack(note: Note, invoiceId: string, posted: readonly Move[], known: Known): Built {
  const schedules = known.schedules(invoiceId);
  const left = new Map<string, bigint>();
  for (const { from, to, minor, plan = "" } of posted) {
    const sign = to.code === "deferred" ? 1n : from.code === "deferred" ? -1n : 0n;
    left.set(plan, (left.get(plan) ?? 0n) + sign * minor);
  }
  const relief = note.lines.data.flatMap((line): Relief[] => {
    const schedule = schedules.find(({ lineId }) => lineId === line.invoice_line_item);
    if (!schedule) return [];
    const plan = schedule.plan ?? "";
    const back = bearable(left.get(plan) ?? 0n, amountsOf(line).net);
    left.set(plan, (left.get(plan) ?? 0n) - back);
    return back === 0n ? [] : [{ lineId: schedule.lineId, minor: -back }];
  });
  return { moves: reverse(posted), relief };
}
