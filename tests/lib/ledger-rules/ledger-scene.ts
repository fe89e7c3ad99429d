import type Stripe from "stripe";
import { openAccount } from "#lib/accounts/open-account";
import { profiles } from "#lib/connect/profile";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { Inbox } from "#lib/events/inbox-worker";
import type { BookKey } from "#lib/ledger/entry";
import { type Balance, readBalances } from "#lib/ledger/read-balances";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

export type LedgerScene = World & {
  inbox: Inbox;
  /** The system, at the time of the local Stripe. */
  ctx: Context;
  /** Moves the local Stripe's time, and ours with it. */
  pass(seconds: number): Promise<void>;
  /** A workspace that takes payments, and its connected account. */
  newSeller(profile?: "saas" | "white_label"): Promise<{ owner: TenantContext; account: string }>;
  /** Everything that was told is written, and everything that settled is read. */
  feed(accounts: readonly string[]): Promise<void>;
  balances(book: BookKey): Promise<Balance[]>;
};

const recipient = { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } };

/** A world of billing and Connect with books. */
export async function openLedgerScene(): Promise<LedgerScene> {
  const world = await openWorld();
  const inbox = world.startWorker();
  let ahead = 0;
  const ctx = world.database.context({ now: () => new Date(Date.now() + ahead) });
  return {
    ...world,
    ...{ inbox, ctx },
    pass: async (seconds) => {
      await world.act("clock", { advance_seconds: seconds });
      ahead += seconds * 1000;
    },
    newSeller: async (profile = "white_label") => {
      const { owner } = await newOwner(world.system);
      const account = await openAccount(owner, owner, world.gateway);
      await world.gateway.setUpAccount(account, "Seller", profiles[profile]);
      if (profile === "white_label") {
        await world.stripe.v2.core.accounts.update(account, { configuration: { recipient } });
      }
      await world.act(`accounts/${account}/onboard`);
      await world.settle(inbox);
      return { owner, account };
    },
    feed: async (accounts) => {
      await world.settle(inbox);
      for (const account of accounts) await feedAccount(ctx, account, world.gateway, effects);
      await world.settle(inbox);
      await postWaiting(ctx, effects);
    },
    balances: (book) => view(ctx, (tx) => readBalances(tx, { book })),
  };
}

/** What Stripe says an account has, held back or not, by currency; nothing is left out. */
export async function atStripe({ stripe }: World, account: string): Promise<Map<string, bigint>> {
  const on = account ? { stripeAccount: account } : {};
  const { available, pending, connect_reserved = [] } = await stripe.balance.retrieve({}, on);
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of [...available, ...pending, ...connect_reserved]) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  }
  return new Map([...sums].filter(([, minor]) => minor !== 0n));
}

/** Balances as a reader says them: "stripe:balance usd: 680". */
export function said(balances: readonly Balance[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { account, currency, minor } of balances) {
    const name = `${account.code} ${currency}`;
    sums[name] = (sums[name] ?? 0n) + minor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

export type Pay = Partial<Stripe.PaymentIntentCreateParams>;

/** A payment by a test card that goes through at once. */
export function pay({ stripe }: World, account: string, more: Pay, card = "pm_card_visa") {
  return stripe.paymentIntents.create(
    {
      ...{ amount: 10_000, currency: "usd", payment_method: card, confirm: true },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      ...more,
    },
    account ? { stripeAccount: account } : {},
  );
}
