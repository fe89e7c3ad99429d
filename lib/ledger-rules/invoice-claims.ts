import { account, type Move } from "#lib/ledger/entry";
import { bookOf, type Claim, netOf, reverse, type Source, shift } from "#lib/ledger-rules/claim";
import { amountsOf, type LineParts, partsOf, priceIdOf } from "#lib/ledger-rules/line-parts";
import { subjectOf } from "#lib/ledger-rules/parties";
import { type NewSchedule, restOf } from "#lib/ledger-rules/schedule";
import { type Currency, isCurrency } from "#lib/money/currency";
import { idOf, instantFrom, type StripeInvoice } from "#lib/stripe/objects";

type Invoice = StripeInvoice;
type Ours = { invoice: Invoice; currency: Currency; whose: string; tenantId: string | null };

/** What tenants are billed. What a tenant bills its customers is its sales, charge by charge. */
export function invoiceClaims({
  account: of,
  tenantId,
  object: invoice,
}: Source<Invoice>): Claim[] {
  const { currency, status_transitions: at, id } = invoice;
  if (of !== "" || at.finalized_at === null || !isCurrency(currency)) return [];
  const ours = { invoice, currency, whose: whoseOf(invoice, tenantId), tenantId };
  const customerId = idOf(invoice.customer);
  const about = {
    ...{ ...(tenantId && { tenantId }), ...(customerId && { customerId }), objectId: id },
  };
  const common = { book: bookOf(of), about };
  const claims = [
    finalized(ours),
    ...(appliedOf(invoice) === 0n ? [] : [balanceApplied(ours)]),
    ...(at.voided_at === null ? [] : [voided(ours, at.voided_at)]),
    ...(invoice.status === "uncollectible"
      ? [uncollectible(ours, at.marked_uncollectible_at)]
      : []),
    ...(invoice.status !== "uncollectible" && at.marked_uncollectible_at !== null
      ? [recovered(ours, at.paid_at ?? at.voided_at)]
      : []),
    ...(invoice.status === "paid" && invoice.amount_paid > 0 ? [paidElsewhere(ours)] : []),
  ];
  if (tenantId) return claims.map((claim) => ({ ...common, ...claim }));
  return claims.map((claim) => ({ ...common, ...claim, ...ofStranger }));
}

/** What a stranger is billed is a sale once it is paid: nobody asks what it owes. */
export const ofStranger: Pick<Claim, "build"> = {
  build: ({ isFresh }) => (isFresh ? null : { moves: [] }),
};

type Own = Omit<Claim, "book" | "about">;

const receivable = ({ whose }: Ours) => account("receivable", whose);

export function whoseOf(
  { customer_account, customer }: { customer_account: string | null; customer: unknown },
  tenantId: string | null,
): string {
  return subjectOf(tenantId, customer_account, idOf(customer as string | null));
}

/** What the customer's balance took over: below zero, what it was given instead of money. */
function appliedOf({ starting_balance: start, ending_balance: end }: Invoice): bigint {
  return BigInt((end ?? start) - start);
}

function finalized(ours: Ours): Own {
  const { invoice, currency } = ours;
  const at = instantFrom(invoice.status_transitions.finalized_at!);
  return {
    ...{ kind: "invoice.finalized", reference: `invoice:${invoice.id}:finalized`, effectiveAt: at },
    needs: { prices: invoice.lines.data.flatMap((line) => priceIdOf(line) ?? []) },
    build: (known) => {
      const lines = invoice.lines.data.map((line) => partsOf(line, at, known));
      const counted = lines.reduce((sum, { net, tax, credits }) => sum + net + tax - credits, 0n);
      // Whatever the lines do not say (shipping, say) is billed all the same.
      const rest = shift(
        ...([BigInt(invoice.total) - counted, currency] as const),
        ...([account("revenue:other"), receivable(ours)] as const),
      );
      return {
        moves: [...lines.flatMap((line) => lineMoves(ours, line)), ...rest],
        schedules: lines.flatMap((line) => scheduleOf(ours, line)),
      };
    },
  };
}

function lineMoves(ours: Ours, line: LineParts): Move[] {
  const { currency, whose } = ours;
  const from = line.over ? account("deferred", whose) : account(line.code);
  const credit = account("deferred:credits", whose);
  return [
    ...shift(line.net - line.credits, currency, from, receivable(ours), line.plan),
    ...shift(line.credits, currency, from, credit, line.plan),
    ...shift(line.tax, currency, account("tax"), receivable(ours)),
  ];
}

function scheduleOf({ invoice, currency, whose, tenantId }: Ours, line: LineParts): NewSchedule[] {
  const { id, over, net, code, plan = null } = line;
  if (!over || net === 0n) return [];
  const what = {
    lineId: id,
    invoiceId: invoice.id,
    subject: whose,
    tenantId,
    code,
    currency,
    plan,
  };
  return [{ ...what, minor: net, ...over }];
}

function balanceApplied(ours: Ours): Own {
  const { invoice, currency, whose } = ours;
  return {
    kind: "invoice.balance_applied",
    reference: `invoice:${invoice.id}:balance_applied`,
    effectiveAt: instantFrom(invoice.status_transitions.finalized_at!),
    build: () => ({
      moves: shift(
        ...([appliedOf(invoice), currency] as const),
        ...([receivable(ours), account("customer_credit", whose)] as const),
      ),
    }),
  };
}

/**
 * All that it has come to is taken back: what was credited of it and what was earned meanwhile too,
 * so that nothing is owed. What was paid of it is owed back, until it is refunded.
 */
function voided({ invoice: { id } }: Ours, seconds: number): Own {
  const book = bookOf("");
  const earlier = ["finalized", "balance_applied"].map((state) => `invoice:${id}:${state}`);
  return {
    ...{ kind: "invoice.voided", reference: voidedAs(id), effectiveAt: instantFrom(seconds) },
    needs: {
      ...{ invoices: [id], billed: [id] },
      posted: earlier.map((reference) => ({ book, reference })),
    },
    build: (known) => ({
      moves: netOf(reverse(known.billed(id))),
      relief: known.schedules(id).map((one) => ({ lineId: one.lineId, minor: restOf(one) })),
    }),
  };
}

/** Where the void of an invoice is posted. */
export const voidedAs = (invoiceId: string): string => `invoice:${invoiceId}:voided`;

/**
 * Nobody will pay what is left. Its share of the tax is told apart: that stays owed to whom it was
 * raised for, and is a cost until the law of the place gives it back.
 */
function uncollectible(ours: Ours, seconds: number | null): Own {
  const { invoice, currency } = ours;
  const { id, amount_remaining, total, created } = invoice;
  const left = BigInt(amount_remaining);
  const billed = invoice.lines.data.reduce((sum, line) => sum + amountsOf(line).tax, 0n);
  const tax = total > 0 ? (left * billed) / BigInt(total) : 0n;
  const owed = receivable(ours);
  return {
    ...{ kind: "invoice.uncollectible", reference: `invoice:${id}:uncollectible` },
    effectiveAt: instantFrom(seconds ?? created),
    build: () => ({
      moves: [
        ...shift(left - tax, currency, owed, account("expense:bad_debt")),
        ...shift(tax, currency, owed, account("expense:tax")),
      ],
    }),
  };
}

/** Paid after all, or voided: then it is no bad debt any more. */
function recovered({ invoice }: Ours, seconds: number | null): Own {
  const posted = { book: bookOf(""), reference: `invoice:${invoice.id}:uncollectible` };
  return {
    ...{ kind: "invoice.recovered", reference: `invoice:${invoice.id}:recovered` },
    effectiveAt: instantFrom(seconds ?? invoice.created),
    needs: { posted: [posted] },
    build: (known) => ({ moves: reverse(known.moves(posted.book, posted.reference)) }),
  };
}

/** Paid, and not by payments through Stripe: somebody said that the money came another way. */
function paidElsewhere(ours: Ours): Own {
  const { invoice, currency } = ours;
  const { id, amount_paid: paid, status_transitions: at, created } = invoice;
  const paidAt = instantFrom(at.paid_at ?? created);
  return {
    ...{ kind: "invoice.paid_elsewhere", reference: `invoice:${id}:paid_elsewhere` },
    ...{ effectiveAt: paidAt, needs: { invoices: [id] } },
    build: (known) => {
      const elsewhere = BigInt(paid) - known.paidOf(id);
      if (elsewhere <= 0n) return { moves: [] };
      // Stripe tells of an invoice and of its payments apart, in any order.
      if (known.isFresh) return null;
      return { moves: shift(elsewhere, currency, receivable(ours), account("bank:cash")) };
    },
  };
}
