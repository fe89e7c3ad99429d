import { convertMinor } from "#sandbox/money/currency";
import type { Posting } from "#sandbox/payments/ledger";
import { settingsOf } from "#sandbox/payments/local-settings";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { World } from "#sandbox/world/world";

type Exchangeable = Pick<Posting, "amount" | "currency" | "fees">;

/** What a ledger row is written in. Without a settlement currency set, that is what was taken;
 *  with one, everything else is converted at the day's rate, each amount by itself. */
export function exchange(world: World, posting: Exchangeable) {
  const { amount, currency, fees = [] } = posting;
  const rate = rateOf(world, currency);
  if (rate === undefined) return { amount, currency, fees, exchange_rate: null };
  const { to } = rate;
  const convert = (minor: number) => convertMinor(minor, currency, to, rate.rate);
  const converted = fees.map((fee) => ({ ...fee, amount: convert(fee.amount), currency: to }));
  return {
    amount: convert(amount),
    currency: to,
    fees: converted,
    exchange_rate: Number(rate.rate),
  };
}

function rateOf(world: World, currency: string): { to: string; rate: string } | undefined {
  const { settlement } = settingsOf(world);
  if (settlement === undefined || settlement.currency === currency) return undefined;
  const rate = settlement.rates[currency];
  if (rate !== undefined) return { to: settlement.currency, rate };
  throw invalidRequest(
    `There is no exchange rate from ${currency} to ${settlement.currency}: name it in the ` +
      "settlement rates of POST /_sandbox/settings.",
    "invalid_currency",
    "currency",
  );
}
