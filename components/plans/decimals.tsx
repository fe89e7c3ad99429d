import { type Currency, currencies } from "#lib/money/currency";

const plain = /^\d+(\.\d+)?$|^\.\d+$/;

/** True for an amount as one types it: digits, and at most one point. */
export function isDecimal(text: string): boolean {
  return plain.test(text.trim());
}

/**
 * "0.0005" dollars are "0.05" minor units. Every digit is kept. What is no amount is returned as it
 * is, so that the server refuses it where it was typed.
 */
export function toMinor(major: string, currency: Currency): string {
  const text = major.trim();
  if (!isDecimal(text)) return text;
  return shift(text, currencies[currency].decimals);
}

/** The way back: "0.05" minor units of USD are "0.0005"; whole cents keep both places. */
export function toMajor(minor: string, currency: Currency): string {
  if (!isDecimal(minor)) return minor;
  const { decimals } = currencies[currency];
  const [whole = "0", fraction = ""] = shift(minor, -decimals).split(".");
  const isWhole = fraction === "";
  return isWhole || decimals === 0
    ? [whole, fraction].filter(Boolean).join(".")
    : `${whole}.${fraction.padEnd(decimals, "0")}`;
}

/** Moves the point to the right, or to the left below zero, and drops zeros that say nothing. */
function shift(text: string, places: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  const at = whole.length + places;
  const digits = `${whole}${fraction}`;
  const padded = at < 0 ? `${"0".repeat(-at)}${digits}` : digits.padEnd(at, "0");
  const cut = Math.max(at, 0);
  const left = padded.slice(0, cut).replace(/^0+(?=\d)/, "") || "0";
  const right = padded.slice(cut).replace(/0+$/, "");
  return right ? `${left}.${right}` : left;
}
