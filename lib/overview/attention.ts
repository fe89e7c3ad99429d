import { currencies, isCurrency } from "#lib/money/currency";

/** An amount as Stripe reports it, in whatever currency that is. */
export type Stake = { minor: bigint; currency: string };

/** What wants a person of the platform, by kind: what it is called, and the next step. */
export const attentionKinds = {
  appeal: { title: "Appeal to answer", mend: "Read it and grant it, or say why not." },
  dispute_due: { title: "Dispute to answer", mend: "Without evidence by then it is lost." },
  payout_failed: { title: "Payout failed", mend: "Their bank account needs a look." },
  requirements_overdue: {
    title: "Requirement overdue",
    mend: "Payments are stopped, or will be at any moment; remind them.",
  },
  restricted: { title: "Stopped by Stripe", mend: "Its page says what Stripe asks." },
  disconnected: {
    title: "Disconnected at Stripe",
    mend: "They sell nothing here. Ask why; their page says the way back.",
  },
  negative_balance: {
    title: "Balance below nothing",
    mend: "Their next payments even it, or a transfer of ours; stop their payouts meanwhile.",
  },
  requirements_due: { title: "Requirement due soon", mend: "Remind them before it stops." },
  unpaid: { title: "Plan unpaid", mend: "Their card failed; the plan ends if it keeps failing." },
  hold: { title: "Held by us", mend: "Release it where its reason is gone." },
} as const satisfies Record<string, { title: string; mend: string }>;

export type AttentionKind = keyof typeof attentionKinds;
export const attentionKindNames = Object.keys(attentionKinds) as [
  AttentionKind,
  ...AttentionKind[],
];

export type AttentionItem = {
  kind: AttentionKind;
  /** The hold, dispute, payout, invoice or account it is about. */
  objectId: string;
  tenant: { id: string; name: string };
  detail: string;
  /** What is at stake: the object's own amount, or what the tenant took in thirty days. */
  amounts: Stake[];
  by: Date | null;
  since: Date;
  /** Who loses what is never made good, where that is the matter. */
  bearer: "stripe" | "application" | null;
};

const dayMs = 86_400_000;

/**
 * The most urgent first: what is overdue, what is due within three days, then the rest; within
 * each, the most money, then the nearest deadline, then the oldest.
 */
export function byUrgency(now: Date): (left: AttentionItem, right: AttentionItem) => number {
  return (left, right) =>
    bandOf(left, now) - bandOf(right, now) ||
    compare(worthOf(right), worthOf(left)) ||
    (left.by?.getTime() ?? Number.POSITIVE_INFINITY) -
      (right.by?.getTime() ?? Number.POSITIVE_INFINITY) ||
    left.since.getTime() - right.since.getTime() ||
    left.objectId.localeCompare(right.objectId);
}

function bandOf({ kind, by }: AttentionItem, now: Date): number {
  if (kind === "requirements_overdue" || kind === "restricted") return 0;
  if (by === null) return 2;
  const left = by.getTime() - now.getTime();
  if (left <= 0) return kind === "hold" ? 2 : 0;
  return left <= 3 * dayMs && kind !== "hold" ? 1 : 2;
}

/** Only to order by: currencies stand at par, in thousandths of their unit. */
function worthOf({ amounts }: AttentionItem): bigint {
  return amounts.reduce((sum, { minor, currency }) => {
    const decimals = isCurrency(currency) ? currencies[currency].decimals : 2;
    return sum + minor * 10n ** BigInt(3 - decimals);
  }, 0n);
}

const compare = (left: bigint, right: bigint) => (left === right ? 0 : left < right ? -1 : 1);
