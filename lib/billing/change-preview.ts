import type { ChangeChoice, ChangeKind } from "#lib/billing/change";
import type { DiscountLeft } from "#lib/billing/discount";
import type { ChangeDraft } from "#lib/billing/draft-change";
import { type InvoiceSums, sumsOf } from "#lib/billing/preview-sums";
import { invariant } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PreviewedInvoice, PreviewedLine } from "#lib/stripe/gateway-previews";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";

export type PreviewLine = {
  description: string;
  amount: Money;
  tax: Money;
  isTaxInside: boolean;
  /** What discounts take off it. */
  discount: Money;
  /** A discount is in the amount already, as it is where time of a period is counted. */
  isDiscountInside: boolean;
  quantity: number | null;
  isProration: boolean;
  from: Date;
  to: Date;
};

/** An invoice that is not made yet, line by line. */
export type InvoicePreview = InvoiceSums & { lines: PreviewLine[] };

/** What a change does before it is done: what is due now, and what comes next. */
export type ChangePreview = {
  kind: ChangeKind;
  choice: ChangeChoice;
  currency: string;
  /** Said again when it is confirmed, so that what is billed is what was seen. */
  prorationAt: Date | null;
  dueNowMinor: bigint;
  now: InvoicePreview | null;
  next: (InvoicePreview & { at: Date }) | null;
  /** What is taken off from then on, and how much of it is left. */
  discounts: DiscountLeft[];
  /** In words, the discounts that a code takes the place of. */
  replaces: string[];
  /** When it takes effect, where that is later. */
  effectiveAt: Date | null;
  resumesAt: Date | null;
  /** False where seconds until it is confirmed may move a cent. */
  isExact: boolean;
  /** True where what is due now comes to the same by our own calculation, to the cent. */
  isAgreed: boolean;
};

/** Whether our own calculation agrees with what Stripe drew up. */
export type Agrees = (billed: BilledInvoice) => Promise<boolean>;

/** Has Stripe draw up what a draft would bill. */
export async function drawUp(
  live: LiveSubscription,
  draft: ChangeDraft,
  gateway: StripeGateway,
  agrees: Agrees = async () => false,
): Promise<ChangePreview> {
  const { kind, choice, questions, effectiveAt, isExact } = draft;
  const now = questions.now && (await gateway.previewInvoice(questions.now));
  const next = await drawUpNext(live, draft, now, gateway);
  return {
    ...{ kind, choice, currency: live.currency, effectiveAt, isExact },
    resumesAt: draft.resumesAt ?? null,
    ...{ discounts: draft.discounts ?? [], replaces: draft.replaces ?? [] },
    prorationAt: draft.prorationAt ?? null,
    dueNowMinor: now?.amountDueMinor ?? 0n,
    isAgreed: now !== null && (await agrees(now.billed)),
    now: now && toPreview(now),
    next,
  };
}

async function drawUpNext(
  live: LiveSubscription,
  { questions }: ChangeDraft,
  now: PreviewedInvoice | null,
  gateway: StripeGateway,
): Promise<ChangePreview["next"]> {
  if (!questions.next) return null;
  let next = await gateway.previewInvoice(questions.next);
  // What waited for the next invoice is on the one of now; it is not to be shown twice.
  const isTaken = now !== null && next?.lines.some(({ isPending }) => isPending);
  if (isTaken && questions.next.kind === "items_next") {
    next = await gateway.previewInvoice({ ...questions.next, isRecurring: true });
  }
  if (!next) return null;
  const starts = next.lines.filter(({ isPending }) => !isPending).map(({ from }) => +from);
  const ends = live.items.map(({ periodEnd }) => +periodEnd);
  return { ...toPreview(next), at: new Date(Math.max(...starts, Math.min(...ends))) };
}

function toPreview(invoice: PreviewedInvoice): InvoicePreview {
  const { currency } = invoice;
  invariant(isCurrency(currency), "an invoice is in a currency we price in");
  const of = (minor: bigint) => money(minor, currency);
  return {
    lines: invoice.lines.flatMap((line, place) =>
      saysSomething(line) ? toLine(line, of, isDiscountInside(invoice.billed, place)) : [],
    ),
    ...sumsOf({ ...invoice, dueMinor: invoice.amountDueMinor }, currency),
  };
}

function toLine(
  { amountMinor, taxMinor, discountMinor, isPending: _, priceId: __, ...line }: PreviewedLine,
  of: (minor: bigint) => Money,
  isInside: boolean,
): PreviewLine {
  const amounts = { amount: of(amountMinor), tax: of(taxMinor), discount: of(discountMinor) };
  return { ...line, ...amounts, isDiscountInside: isInside };
}

/**
 * Time of a period is counted at what it costs less the percentages off, and nothing is taken off
 * it again: https://docs.stripe.com/billing/subscriptions/prorations
 */
function isDiscountInside({ lines, discounts }: BilledInvoice, place: number): boolean {
  const line = lines[place];
  if (!line?.isProration || line.isCredit || line.discountMinor !== 0n) return false;
  return discounts.some(({ percent, productIds: only }) => {
    return percent !== null && (only === null || only.includes(line.productId ?? ""));
  });
}

/** Nothing of what is metered was used yet: a line that bills no unit says nothing. */
function saysSomething({ amountMinor, quantity }: PreviewedInvoice["lines"][number]): boolean {
  return amountMinor !== 0n || quantity !== 0;
}
