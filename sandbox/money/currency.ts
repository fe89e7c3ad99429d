import {
  multiply,
  parseDecimal,
  type Rational,
  rational,
  roundHalfUp,
} from "#sandbox/money/rational";

/* Stripe's own lists, which are not those of any standard: it writes isk, ugx, idr and rsd with two
   places. https://docs.stripe.com/currencies#zero-decimal and #three-decimal */
const withoutPlaces = [
  ...["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"],
  ...["pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"],
];
const withThreePlaces = ["bhd", "jod", "kwd", "omr", "tnd"];

/** How many places the minor unit of a currency has: 2 for usd, 0 for jpy, 3 for kwd. */
export function exponentOf(currency: string): number {
  if (withoutPlaces.includes(currency)) return 0;
  return withThreePlaces.includes(currency) ? 3 : 2;
}

/** An amount in another currency, rounded half up (away from zero when it is negative, so that
 *  what goes out and comes back is the same). `rate` is what one whole unit buys: "1.0832". */
export function convertMinor(minor: number, from: string, to: string, rate: string): number {
  const steps = exponentOf(to) - exponentOf(from);
  const scale: Rational =
    steps >= 0 ? rational(10n ** BigInt(steps)) : rational(1, 10n ** BigInt(-steps));
  const size = BigInt(Math.abs(minor));
  const converted = roundHalfUp(multiply(multiply(rational(size), parseDecimal(rate)), scale));
  return Number(minor < 0 ? -converted : converted);
}

/** An amount as people write it, exact to the last digit: "10.50", and "1050" of a whole one. */
export function majorOf(minor: number | string | bigint, currency: string): string {
  const places = exponentOf(currency);
  const [whole = "0", beyond = ""] = String(minor).replace("-", "").split(".");
  const digits = whole.padStart(places + 1, "0");
  const cut = digits.length - places;
  const fraction = `${digits.slice(cut)}${beyond.replace(/0+$/, "")}`;
  const sign = String(minor).startsWith("-") ? "-" : "";
  return `${sign}${digits.slice(0, cut)}${fraction === "" ? "" : `.${fraction}`}`;
}
