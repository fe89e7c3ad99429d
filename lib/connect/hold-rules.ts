import type { Stops } from "#lib/connect/hold";
import type { ConnectPolicy } from "#lib/db/generated/client";

export type Policy = Pick<
  ConnectPolicy,
  "identityFirst" | "payoutPayments" | "payoutDays" | "confirmMonths" | "confirmGraceDays"
>;

/** What the rules look at. Kept with each decision, so that it can be explained and made again. */
export type Signals = {
  /** What Stripe still asks or checks of who stands behind the account, by its names. */
  identityOpen: readonly string[];
  activeAt: string | null;
  payments: number;
  /** When somebody last said that the details are right. */
  confirmedAt: string | null;
};

type Verdict = {
  isHeld: boolean;
  /** Shown to the tenant. */
  reason: string;
  /** What would change it. */
  mend: string;
};

type Rule = {
  /** Raised with every change of what is judged or how. */
  readonly version: number;
  readonly title: string;
  readonly stops: Stops;
  isOn(policy: Policy): boolean;
  judge(signals: Signals, policy: Policy, now: Date): Verdict;
};

const payouts: Stops = { payments: false, payouts: true };
const dayMs = 86_400_000;

/** Every rule that stops something by itself. A decision keeps the version it was made by. */
export const holdRules = {
  identity: {
    ...{ version: 1, title: "Identity before the first payout", stops: payouts },
    isOn: ({ identityFirst }) => identityFirst,
    judge: ({ identityOpen }) => ({
      isHeld: identityOpen.length > 0,
      reason: "We pay out once Stripe has checked who stands behind the account.",
      mend: "Give Stripe what it asks about the people; when it has checked that, payouts go on by themselves.",
    }),
  },
  first_payout: {
    ...{ version: 1, title: "Milestones before the first payout", stops: payouts },
    isOn: ({ payoutPayments, payoutDays }) => payoutPayments > 0 || payoutDays > 0,
    judge: ({ activeAt, payments }, { payoutPayments, payoutDays }, now) => {
      const from = activeAt === null ? null : daysAfter(new Date(activeAt), payoutDays);
      const lacks = Math.max(0, payoutPayments - payments);
      const isEarly = from === null || from > now;
      const day = isEarly && from ? `it is ${from.toISOString().slice(0, 10)}` : null;
      const more =
        lacks > 0 && `${lacks} more ${lacks === 1 ? "payment has" : "payments have"} come in`;
      const until = [more, day].filter(Boolean).join(" and ");
      return {
        isHeld: isEarly || lacks > 0,
        reason: "The first payout of a new account waits for a few payments and days.",
        mend: `Payouts begin by themselves when ${until || "payments can be taken"}.`,
      };
    },
  },
  confirmation: {
    ...{ version: 1, title: "Details confirmed from time to time", stops: payouts },
    isOn: ({ confirmMonths }) => confirmMonths > 0,
    judge: (signals, policy, now) => {
      const stopsAt = confirmTimes(signals, policy)?.stopsAt;
      return {
        isHeld: stopsAt !== undefined && stopsAt <= now,
        reason: "Nobody has said for a long time that the details of this business are right.",
        mend: "An owner or admin looks at the details and confirms them; payouts go on at once.",
      };
    },
  },
} as const satisfies Record<string, Rule>;

export type HoldRuleName = keyof typeof holdRules;
export const holdRuleNames = Object.keys(holdRules) as HoldRuleName[];

/** When details are to be confirmed again, and when payouts stop without it. */
export function confirmTimes(
  { activeAt, confirmedAt }: Pick<Signals, "activeAt" | "confirmedAt">,
  { confirmMonths, confirmGraceDays }: Policy,
): { askedAt: Date; stopsAt: Date } | null {
  const last = confirmedAt ?? activeAt;
  if (confirmMonths === 0 || last === null) return null;
  const askedAt = new Date(last);
  askedAt.setUTCMonth(askedAt.getUTCMonth() + confirmMonths);
  return { askedAt, stopsAt: daysAfter(askedAt, confirmGraceDays) };
}

function daysAfter(from: Date, days: number): Date {
  return new Date(from.getTime() + days * dayMs);
}
