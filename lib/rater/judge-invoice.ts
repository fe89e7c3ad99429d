import { formatDecimal, parseDecimal } from "#lib/catalog/rational";
import { invariant } from "#lib/errors";
import { type Currency, isCurrency } from "#lib/money/currency";
import { type Charge, chargesOf, knownOf, unratedOf } from "#lib/rater/charges";
import type { Counted, Knowledge } from "#lib/rater/known-invoice";
import type { LineKind, Step } from "#lib/rater/line";
import { rateInvoice } from "#lib/rater/rate-invoice";
import { rateLine } from "#lib/rater/rate-line";
import { countedKey } from "#lib/rater/read-counted";
import { sayQuantity, sayUnit } from "#lib/rater/say";
import type { BilledInvoice, BilledLine } from "#lib/stripe/billed-invoice";

/** The version of these rules. What an older one said is asked for again. */
export const raterVersion = 3;

export const verdicts = ["equal", "different", "unexplained"] as const;
export type Verdict = (typeof verdicts)[number];

/** A line beside what it should be. Amounts as decimal strings of minor units. */
export type LineCheck = {
  id: string;
  kind: LineKind;
  description: string;
  /** `given`: an amount that was decided elsewhere, which only the sums count. */
  verdict: Verdict | "given";
  /** Why it could not be worked out; null where it was. */
  why: string | null;
  billed: string;
  expected: string | null;
  /** How Stripe came to its figure, as its line says. */
  says: string;
  /** How we come to ours. */
  steps: Step[];
  /** Of usage, its quantities; missing where nothing of ours is known. */
  usage?: { billed: string } & Counted;
};
export type SumCheck = { name: string; verdict: Verdict; billed: string; expected: string };
export type Judgement = {
  verdict: Verdict;
  expectedMinor: bigint | null;
  lines: LineCheck[];
  sums: SumCheck[];
};

/** Works an invoice out anew, line by line and sum by sum, and says where Stripe's differs. */
export function judgeInvoice(invoice: BilledInvoice, knowledge: Knowledge): Judgement {
  const { currency } = invoice;
  invariant(isCurrency(currency), `we do not price in ${currency}`);
  const charges = chargesOf(invoice, knowledge);
  const byLine = new Map(
    charges.flatMap((charge) => {
      return judgeCharge(charge, currency, invoice, knowledge).map((line) => [line.id, line]);
    }),
  );
  const lines = invoice.lines.map(({ id }) => byLine.get(id)!);
  const { sums, totalMinor } = judgeSums(invoice, lines, knowledge);
  const all = [...lines, ...sums].map((one) => one.verdict);
  const isKnown = !all.includes("unexplained");
  const verdict = all.includes("different") ? "different" : isKnown ? "equal" : "unexplained";
  return { verdict, expectedMinor: isKnown ? totalMinor : null, lines, sums };
}

function judgeCharge(
  charge: Charge,
  currency: Currency,
  invoice: BilledInvoice,
  knowledge: Knowledge,
): LineCheck[] {
  const unrated = unratedOf(charge, currency);
  const known = knownOf(charge, invoice, knowledge);
  return charge.lines.map((line, place) => {
    const facts = factsOf(charge, line, currency);
    if (charge.kind === "item") return judgeItem(line, facts, knowledge);
    const one = unrated?.[place];
    if (!one) return { ...facts, verdict: "unexplained", why: otherParts };
    const rated = rateLine(one, known);
    if (!rated) return { ...facts, verdict: "unexplained", why: reasonOf(charge) };
    const expected = rated.expected.minor;
    const verdict = expected === line.amountMinor ? "equal" : "different";
    const said = { ...facts, verdict, expected: String(expected), steps: rated.steps } as const;
    return charge.kind === "usage" ? withUsage(said, line, one.quantity, knowledge) : said;
  });
}

/** A line of usage whose quantity is not what Stripe was told of is wrong however it is priced. */
function withUsage(
  said: LineCheck,
  line: BilledLine,
  quantity: string,
  { counted }: Knowledge,
): LineCheck {
  const ours = counted?.get(countedKey(line));
  if (!ours) return said;
  const plain = (text: string) => formatDecimal(parseDecimal(text));
  const usage = {
    ...{ billed: plain(quantity), told: plain(ours.told), counted: plain(ours.counted) },
  };
  if (usage.billed === usage.told) return { ...said, usage };
  const [billed, told] = [sayQuantity(usage.billed), sayQuantity(usage.told)];
  const why = `Stripe billed ${billed} of the ${told} it was told of.`;
  return { ...said, usage, verdict: "different", why };
}

/** An item that a rule of ours made is what that rule said. One by hand is what somebody typed. */
function judgeItem(line: BilledLine, facts: LineCheck, { corrections }: Knowledge): LineCheck {
  const correction = corrections.get(line.invoiceItemId ?? "");
  if (!correction) return { ...facts, verdict: "given", why: given };
  const expected = String(correction.minor);
  const verdict = correction.minor === line.amountMinor ? "equal" : "different";
  return { ...facts, verdict, expected, steps: [{ says: correction.says, minor: expected }] };
}

const given = "An item by hand. It is no part of a plan, so it is taken as it is.";
const otherParts = "Stripe has other lines than the tiers of this price make.";

function reasonOf({ price }: Charge): string {
  return price
    ? "The period it is a part of is on no invoice we know."
    : "Its price is none of our catalogue's.";
}

function factsOf({ kind }: Charge, line: BilledLine, currency: Currency): LineCheck {
  const { id, description, amountMinor, quantity, unitMinor } = line;
  const each =
    unitMinor === null ? "a flat amount" : `${quantity} × ${sayUnit(unitMinor, currency)}`;
  return {
    ...{ id, kind, description, verdict: "equal", why: null, steps: [] },
    ...{ billed: String(amountMinor), expected: null, says: each },
  };
}

function judgeSums(
  invoice: BilledInvoice,
  checks: readonly LineCheck[],
  { rates }: Knowledge,
): { sums: SumCheck[]; totalMinor: bigint } {
  const byId = new Map(invoice.discounts.map((discount) => [discount.id, discount]));
  const lines = invoice.lines.map((line, place) => ({
    ...{ productId: line.productId, isDiscountable: line.isDiscountable },
    ...{
      creditMinor: line.creditMinor,
      minor: BigInt(checks[place]!.expected ?? line.amountMinor),
    },
    discounts: line.discountIds.flatMap((id) => byId.get(id) ?? []),
    taxes: line.taxes.flatMap(({ rateId }) => rates.get(rateId ?? "") ?? []),
  }));
  const own = new Set(invoice.lines.flatMap(({ discountIds }) => discountIds));
  const discounts = invoice.discounts.filter(({ id }) => !own.has(id));
  const { startingBalanceMinor } = invoice;
  const rated = rateInvoice(lines, { discounts, startingBalanceMinor });
  const owed = rated.dueMinor - invoice.creditedMinor;
  const named = invoice.lines.flatMap(({ taxes }) => taxes.flatMap(({ rateId }) => rateId ?? []));
  const off = [...own].every((id) => byId.has(id)) ? sum : untold;
  const taxed = named.every((id) => rates.has(id)) ? off : untold;
  return {
    totalMinor: rated.totalMinor,
    sums: [
      off("Subtotal", invoice.subtotalMinor, rated.subtotalMinor),
      off("Discounts", invoice.discountMinor, rated.discountMinor),
      taxed("Tax", invoice.taxMinor, rated.taxMinor),
      taxed("Total", invoice.totalMinor, rated.totalMinor),
      taxed("Due", invoice.dueMinor, owed < 0n ? 0n : owed),
    ],
  };
}

/** A sum with a tax in it whose rate Stripe no longer has, or a discount whose coupon is gone. */
function untold(name: string, billed: bigint, expected: bigint): SumCheck {
  return { ...sum(name, billed, expected), verdict: "unexplained" };
}

function sum(name: string, billed: bigint, expected: bigint): SumCheck {
  const verdict = billed === expected ? "equal" : "different";
  return { name, verdict, billed: String(billed), expected: String(expected) };
}
