import type { AccountCode, chart } from "#lib/ledger/chart";

/** Accounts that hold what was earned and spent. */
export type ResultCode = {
  [Code in AccountCode]: (typeof chart)[Code]["kind"] extends "income" | "contra" | "expense"
    ? Code
    : never;
}[AccountCode];

type Row = {
  readonly label: string;
  /** What the figure is, for whoever asks. */
  readonly sentence: string;
  /** Whose books it is read from. */
  readonly of: "platform" | "tenants";
  /** Whether it adds to the margin or lessens it; the volume stands beside it. */
  readonly effect: "adds" | "lessens" | "beside";
};

/** What margin is made of, in the order of the page. */
export const figures = {
  volume: {
    ...{ label: "Payment volume", of: "tenants", effect: "beside" },
    sentence: "What tenants' customers paid them, before anything was given back.",
  },
  fees: {
    ...{ label: "Platform fees", of: "platform", effect: "adds" },
    sentence: "The platform's share of those payments, less what of it was given back.",
  },
  plans: {
    ...{ label: "Plans and usage", of: "platform", effect: "adds" },
    sentence: "What tenants are billed, as it is earned day by day, less credits and refunds.",
  },
  otherIncome: {
    ...{ label: "Other income", of: "platform", effect: "adds" },
    sentence: "The platform's own sales, and what it gained when money was exchanged.",
  },
  processing: {
    ...{ label: "Processing", of: "platform", effect: "lessens" },
    sentence:
      "What Stripe charges the platform: by payment, and by itself. What tenants pay Stripe " +
      "stands in their own books.",
  },
  disputes: {
    ...{ label: "Disputes", of: "platform", effect: "lessens" },
    sentence: "Fees of disputes, and payments that were taken back for good.",
  },
  otherCosts: {
    ...{ label: "Other costs", of: "platform", effect: "lessens" },
    sentence: "Bad debt, money handed over without a payment, tax, exchange and write-offs.",
  },
} as const satisfies Record<string, Row>;

export type Figure = keyof typeof figures;
export const figureNames = Object.keys(figures) as Figure[];
export type PlatformFigure = {
  [Name in Figure]: (typeof figures)[Name]["of"] extends "platform" ? Name : never;
}[Figure];

/** Which figure each account of the platform's book is in: all are in one, so that none is lost. */
export const figureOf = {
  "revenue:application_fees": "fees",
  "expense:application_fee_refunds": "fees",
  "revenue:subscription": "plans",
  "revenue:seats": "plans",
  "revenue:usage": "plans",
  "revenue:other": "plans",
  "contra:refunds": "plans",
  "contra:discounts": "plans",
  "contra:credits": "plans",
  "revenue:sales": "otherIncome",
  "revenue:transfers": "otherIncome",
  "revenue:fx": "otherIncome",
  "expense:processing": "processing",
  "expense:stripe_fees": "processing",
  "expense:disputes": "disputes",
  "expense:dispute_losses": "disputes",
  "expense:platform_fees": "otherCosts",
  "expense:bad_debt": "otherCosts",
  "expense:transfers": "otherCosts",
  "expense:tax": "otherCosts",
  "expense:issuing": "otherCosts",
  "expense:contributions": "otherCosts",
  "expense:fx": "otherCosts",
  "expense:write_offs": "otherCosts",
} as const satisfies Record<ResultCode, PlatformFigure>;

/** The accounts whose sum is the payment volume, in tenants' books. */
export const volumeCodes = ["revenue:sales"] as const satisfies readonly ResultCode[];

/** The accounts a figure is the sum of. */
export function accountsOf(figure: Figure): ResultCode[] {
  if (figure === "volume") return [...volumeCodes];
  const codes = Object.keys(figureOf) as ResultCode[];
  return codes.filter((code) => figureOf[code] === figure);
}

/** Each figure in minor units. Costs are positive where they lessen the margin. */
export type Figures = Readonly<Record<Figure, bigint>>;

export const noFigures: Figures = Object.freeze(
  Object.fromEntries(figureNames.map((name) => [name, 0n])),
) as Figures;

/** What was earned. */
export function earnedOf({ fees, plans, otherIncome }: Figures): bigint {
  return fees + plans + otherIncome;
}

/** What is left of it after all costs: the result of the platform's income statement. */
export function netOf(of: Figures): bigint {
  return earnedOf(of) - of.processing - of.disputes - of.otherCosts;
}

/** A share in hundredths of a percent, rounded half away from zero; null of nothing. */
export function shareBps(part: bigint, whole: bigint): number | null {
  if (whole <= 0n) return null;
  const twice = 2n * part * 10_000n;
  const rounded = (twice + (part < 0n ? -whole : whole)) / (2n * whole);
  return Number(rounded);
}

/** Figures with what follows from them. */
export type Weighed = Figures & {
  readonly net: bigint;
  /** What of the volume the platform keeps. */
  readonly takeRateBps: number | null;
  /** What is left of what was earned. */
  readonly netRateBps: number | null;
};

export function weigh(of: Figures): Weighed {
  const net = netOf(of);
  return {
    ...{ ...of, net },
    takeRateBps: shareBps(of.fees, of.volume),
    netRateBps: shareBps(net, earnedOf(of)),
  };
}

/**
 * Whether an account's entries are of payments, also where they do not say of whose: those of
 * balance transactions name a charge, and the charge's own entry says who paid and how.
 */
export function isOfPayments(code: ResultCode): boolean {
  return code.startsWith("expense:") || /^revenue:(sales|application_fees|transfers)$/.test(code);
}
