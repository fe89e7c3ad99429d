import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { SourceType } from "#lib/stripe/gateway-balances";
import type { StripeClient } from "#lib/stripe/stripe-client";

export const intervals = ["daily", "weekly", "monthly", "manual"] as const;
export type Interval = (typeof intervals)[number];
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
export type Weekday = (typeof weekdays)[number];

export type PayoutSettings = {
  interval: Interval | null;
  weekdays: string[];
  monthDays: number[];
  /** What stays in the balance after an automatic payout, by currency. */
  minimums: Record<string, bigint>;
  /** Whether Stripe pays out at all. */
  isEnabled: boolean;
  /** How many days money settles before it is available. */
  delayDays: number;
  /** Whether Stripe takes what is owed from the bank account. */
  debitsNegative: boolean;
  descriptor: string | null;
};
export type ScheduleChange = {
  interval: Interval;
  weekdays?: readonly Weekday[];
  monthDays?: readonly number[];
  /** By currency; null takes a minimum away. */
  minimums?: Readonly<Record<string, number | null>>;
};

/** A bank account or debit card that is paid out to. */
export type PayoutTarget = {
  id: string;
  kind: "bank_account" | "card";
  name: string | null;
  last4: string;
  currency: string;
  isDefault: boolean;
  /** A payout to it failed; nothing is sent there until it is replaced. */
  isErrored: boolean;
  takesInstant: boolean;
};

/** What each try of one move is known by; the same round is the same request to Stripe. */
export type MoveKey = { moveId: string; round: number };
export const keyOfMove = ({ moveId, round }: MoveKey) => `move:${moveId}:${round}`;

/** By whom something was made, and since when to look: whatever is older is not it. */
export type MadeBy = { moveId: string; since: Date };
type Listed = AsyncIterable<{ id: string; metadata?: Record<string, string> | null }>;

/** What Stripe lists of something, page after page, by the move that made it. */
export async function madeBy(list: Listed, moveId: string): Promise<string | null> {
  for await (const { id, metadata } of list) if (metadata?.move_id === moveId) return id;
  return null;
}

export type PayoutRequest = {
  accountId: string;
  amount: number;
  currency: string;
  method: "standard" | "instant";
  destination?: string;
  sourceType?: SourceType;
};

/** An account's requests; the empty name is the platform's own. */
export const on = (accountId: string) => (accountId ? { stripeAccount: accountId } : {});

export function payoutCalls(stripe: StripeClient) {
  return {
    readPayoutSettings(accountId: string): Promise<PayoutSettings> {
      return ask(async () => settingsOf(await stripe.balanceSettings.retrieve({}, on(accountId))));
    },

    /** Says the whole schedule anew, and of the minimums those that are named. */
    changePayoutSettings(accountId: string, change: ScheduleChange): Promise<PayoutSettings> {
      const { interval, weekdays: week, monthDays, minimums } = change;
      const schedule = {
        interval,
        ...(interval === "weekly" && week && { weekly_payout_days: [...week] }),
        ...(interval === "monthly" && monthDays && { monthly_payout_days: [...monthDays] }),
      };
      const kept = minimums && Object.entries(minimums).map(([name, sum]) => [name, sum ?? ""]);
      const payouts = {
        schedule,
        ...(kept && { minimum_balance_by_currency: Object.fromEntries(kept) }),
      };
      return ask(async () =>
        settingsOf(await stripe.balanceSettings.update({ payments: { payouts } }, on(accountId))),
      );
    },

    listPayoutTargets(accountId: string): Promise<PayoutTarget[]> {
      return ask(async () => {
        const list = await stripe.accounts.listExternalAccounts(accountId, { limit: 100 });
        return list.data.map(targetOf);
      });
    },

    createPayout({ accountId, ...asked }: PayoutRequest & MoveKey) {
      const { amount, currency, method, destination, sourceType, moveId } = asked;
      return ask(async () => {
        const payout = await stripe.payouts.create(
          {
            ...{ amount, currency, method, metadata: { move_id: moveId } },
            ...(destination && { destination }),
            ...(sourceType && { source_type: sourceType }),
            expand: ["balance_transaction"],
          },
          { ...on(accountId), idempotencyKey: keyOfMove(asked) },
        );
        const { balance_transaction: row } = payout;
        return { payoutId: payout.id, fee: typeof row === "object" && row ? row.fee : null };
      });
    },

    /** What a move made when nobody heard Stripe's answer, and Stripe has forgotten its key. */
    findPayoutOf({ accountId, moveId, since }: { accountId: string } & MadeBy) {
      const created = { gte: Math.floor(since.getTime() / 1000) };
      return ask(() => madeBy(stripe.payouts.list({ limit: 100, created }, on(accountId)), moveId));
    },

    cancelPayout({ accountId, payoutId, ...key }: CancelRequest & MoveKey) {
      const keyed = { ...on(accountId), idempotencyKey: keyOfMove(key) };
      return ask(async () => void (await stripe.payouts.cancel(payoutId, {}, keyed)));
    },

    readPayoutStatus({ accountId, payoutId }: CancelRequest) {
      return ask(async () => (await stripe.payouts.retrieve(payoutId, {}, on(accountId))).status);
    },
  };
}

export type CancelRequest = { accountId: string; payoutId: string };

function settingsOf({ payments }: Stripe.BalanceSettings): PayoutSettings {
  const { payouts, settlement_timing: timing, debit_negative_balances: debits } = payments;
  const { schedule } = payouts ?? {};
  const minimums = Object.entries(payouts?.minimum_balance_by_currency ?? {});
  return {
    interval: intervals.find((one) => one === schedule?.interval) ?? null,
    weekdays: schedule?.weekly_payout_days ?? [],
    monthDays: schedule?.monthly_payout_days ?? [],
    minimums: Object.fromEntries(minimums.map(([name, sum]) => [name, BigInt(sum)])),
    isEnabled: payouts?.status === "enabled",
    delayDays: timing.delay_days,
    debitsNegative: debits ?? false,
    descriptor: payouts?.statement_descriptor ?? null,
  };
}

function targetOf(target: Stripe.BankAccount | Stripe.Card): PayoutTarget {
  const isBank = target.object === "bank_account";
  return {
    id: target.id,
    kind: isBank ? "bank_account" : "card",
    name: isBank ? target.bank_name : target.brand,
    last4: target.last4,
    currency: target.currency ?? "",
    isDefault: target.default_for_currency ?? false,
    isErrored: target.status === "errored" || target.status === "verification_failed",
    takesInstant: target.available_payout_methods?.includes("instant") ?? false,
  };
}
