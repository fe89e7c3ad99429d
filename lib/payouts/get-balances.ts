import { findAccount } from "#lib/connect/find-account";
import { type ProfileName, profiles } from "#lib/connect/profile";
import type { Context } from "#lib/context";
import { nextPayoutDay } from "#lib/payouts/schedule";
import { ofCurrency, type Sum } from "#lib/payouts/sum";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { AvailableSum, BalanceRow, StripeBalance } from "#lib/stripe/gateway-balances";
import type { PayoutSettings, PayoutTarget } from "#lib/stripe/gateway-payouts";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What an account has of one currency, and what becomes of it. */
export type CurrencyBalance = {
  currency: string;
  available: Sum;
  /** By the kinds of money Stripe keeps apart. */
  bySource: AvailableSum["bySource"];
  pending: Sum;
  reserved: Sum;
  /** When what of the pending lands, soonest first. */
  landing: { day: Date; amount: Sum }[];
  /** Of the pending, what Stripe has not told the day of. */
  unplaced: Sum;
  /** What can be had within minutes: drawn from the balance, and arriving where. */
  instant: { drawn: Sum; arrives: Sum; targetId: string } | null;
  /** Where it is paid out to; null: nowhere takes this currency. */
  target: PayoutTarget | null;
  /** What stays when Stripe pays out by itself. */
  minimum: Sum | null;
};
export type Balances = {
  readAt: Date;
  currencies: CurrencyBalance[];
  settings: PayoutSettings;
  targets: PayoutTarget[];
  /** The next day Stripe pays out by itself. */
  nextPayoutOn: Date | null;
  /** Who bears what an account cannot pay back. */
  lossesAre: "stripe" | "application";
  /** The platform stopped payouts. */
  isHeld: boolean;
};

/** What a tenant has at Stripe this moment, when what of it lands, and where it goes. */
export async function getBalances(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<Balances> {
  requirePermission(ctx, "payouts:read");
  const { accountId, profile, payoutsHeld } = await findAccount(ctx);
  const [balance, settings, targets, pending] = await Promise.all([
    gateway.readBalance(accountId),
    gateway.readPayoutSettings(accountId),
    gateway.listPayoutTargets(accountId),
    listPending(ctx, accountId, gateway),
  ]);
  return {
    ...{ readAt: ctx.now(), settings, targets, isHeld: payoutsHeld },
    currencies: balancesOf({ balance, settings, targets, pending }),
    nextPayoutOn: payoutsHeld ? null : nextPayoutDay(settings, ctx.now()),
    lossesAre: profiles[profile as ProfileName].lossesCollector,
  };
}

const longestDelayMs = 40 * 86_400_000;
const pagesRead = 5;

/** What is not available yet, as far as a few pages of the balance tell. */
export async function listPending(
  ctx: Context,
  accountId: string,
  gateway: StripeGateway,
): Promise<BalanceRow[]> {
  const from = new Date(ctx.now().getTime() - longestDelayMs);
  const rows: BalanceRow[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesRead; page += 1) {
    const { rows: found, next } = await gateway.listBalanceRows(accountId, { from, after });
    rows.push(...found.filter(({ isPending }) => isPending));
    if (next === null) break;
    after = next;
  }
  return rows;
}

type Read = {
  balance: StripeBalance;
  settings: Pick<PayoutSettings, "minimums">;
  targets: readonly PayoutTarget[];
  pending: readonly BalanceRow[];
};

/** One balance for each currency there is anything of, or anywhere to pay it out to. */
export function balancesOf({ balance, settings, targets, pending }: Read): CurrencyBalance[] {
  const told = [...balance.available, ...balance.pending, ...balance.reserved, ...targets];
  const currencies = [...new Set(told.map(({ currency }) => currency))].toSorted();
  return currencies.map((currency) => {
    const sum = (minor: bigint): Sum => ({ minor, currency });
    const waiting = ofCurrency(balance.pending, currency);
    const landing = landingOf(pending.filter((row) => row.currency === currency));
    const placed = landing.reduce((total, { minor }) => total + minor, 0n);
    const minimum = settings.minimums[currency];
    return {
      currency,
      available: sum(ofCurrency(balance.available, currency)),
      bySource: balance.available.find((one) => one.currency === currency)?.bySource ?? {},
      pending: sum(waiting),
      reserved: sum(ofCurrency(balance.reserved, currency)),
      landing: landing.map(({ day, minor }) => ({ day, amount: sum(minor) })),
      unplaced: sum(waiting - placed),
      instant: instantOf(balance, currency, targets),
      target: targetFor(targets, currency),
      minimum: minimum === undefined ? null : sum(minimum),
    };
  });
}

/** Where a currency is paid out to unless told otherwise. */
export function targetFor(targets: readonly PayoutTarget[], currency: string): PayoutTarget | null {
  const there = targets.filter((target) => target.currency === currency);
  return there.find(({ isDefault }) => isDefault) ?? there[0] ?? null;
}

function landingOf(rows: readonly BalanceRow[]): { day: Date; minor: bigint }[] {
  const days = new Map<number, bigint>();
  for (const { availableAt, net } of rows) {
    const day = availableAt.getTime();
    days.set(day, (days.get(day) ?? 0n) + net);
  }
  return [...days]
    .toSorted(([left], [right]) => left - right)
    .map(([day, minor]) => ({ day: new Date(day), minor }));
}

/** Of places that take as much the usual one; none to which a payout failed. */
export function instantOf(
  { instant }: StripeBalance,
  currency: string,
  targets: readonly PayoutTarget[],
): CurrencyBalance["instant"] {
  const told = instant.find((one) => one.currency === currency);
  const usual = targetFor(targets, currency)?.id;
  const failed = new Set(targets.flatMap(({ id, isErrored }) => (isErrored ? [id] : [])));
  const open = (told?.net ?? []).filter(({ destination }) => !failed.has(destination));
  const ordered = open.toSorted((left) => (left.destination === usual ? -1 : 1));
  const best = ordered.toSorted((left, right) => (left.minor < right.minor ? 1 : -1))[0];
  if (!told || !best || best.minor <= 0n) return null;
  return {
    drawn: { minor: told.minor, currency },
    arrives: { minor: best.minor, currency },
    targetId: best.destination,
  };
}
