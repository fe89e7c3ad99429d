import { exponentOf, majorOf } from "#sandbox/money/currency";
import { invalidRequest } from "#sandbox/protocol/errors";

/** The least a card is charged, in minor units, where it is not fifty of them.
 *  https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const least: Record<string, number> = {
  ...{ aed: 200, bgn: 100, czk: 1500, dkk: 250, gbp: 30, hkd: 400, huf: 17_500, mxn: 1000 },
  ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1000 },
};

/** How many digits an amount may have, where it is not eight. */
const digits: Record<string, number> = { cop: 10, idr: 12, inr: 9 };

/** Whether a payment is neither less than cards are charged nor more than Stripe can write. */
export function checkAmount(amount: number, currency: string): void {
  if (amount < 1) {
    const message = "This value must be greater than or equal to 1.";
    throw invalidRequest(message, "parameter_invalid_integer", "amount");
  }
  const floor = least[currency] ?? 50;
  if (amount < floor) {
    const message = `Amount must be at least ${written(floor, currency)} ${currency}`;
    throw invalidRequest(message, "amount_too_small", "amount");
  }
  checkMost(amount, currency, "amount");
}

/** Whether Stripe can write an amount, of a payment, a price or a line. */
export function checkMost(amount: number, currency: string, param: string): void {
  const ceiling = 10 ** (digits[currency] ?? 8) - 1;
  if (Math.abs(amount) <= ceiling) return;
  const message = `Amount must be no more than ${written(ceiling, currency)}`;
  throw invalidRequest(message, "amount_too_large", param);
}

function written(minor: number, currency: string): string {
  const places = exponentOf(currency);
  const format = new Intl.NumberFormat("en-US", {
    ...{ style: "currency", currency, currencyDisplay: "narrowSymbol" },
    ...{ minimumFractionDigits: places, maximumFractionDigits: places },
  });
  return format.format(majorOf(minor, currency) as `${number}`).replaceAll("\u00a0", "");
}
