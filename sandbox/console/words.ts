import { exponentOf, majorOf } from "#sandbox/money/currency";

/** An amount in minor units as people read it, in its own currency. */
export function moneyText(minor: number | bigint, currency: string): string {
  const code = /^[a-z]{3}$/.test(currency) ? currency : "usd";
  const places = exponentOf(code);
  const format = new Intl.NumberFormat("en", {
    style: "currency",
    currency: code,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  // The text of the exact decimal is formatted, never a binary fraction.
  return format.format(majorOf(minor, code) as Intl.StringNumericLiteral);
}

/** A count as people read it, with what is counted. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A length of time in its largest two units: "3 d 4 h". */
export function spanText(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  let left = Math.abs(Math.round(seconds));
  const parts: string[] = [];
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count.toLocaleString("en")} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.join(" ") || "0 s";
}

/** An instant of unix seconds, exact and in UTC. */
export function exactText(unix: number): string {
  if (!Number.isFinite(unix)) return "";
  return new Date(unix * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
}

/** An instant as a column shows it: "21 Nov 03:31:05", with its year where it is another. */
export function stampText(unix: number, now: number): string {
  const at = new Date(unix * 1000);
  const isThisYear = at.getUTCFullYear() === new Date(now * 1000).getUTCFullYear();
  const day = at.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: "UTC",
  });
  return `${day} ${at.toISOString().slice(11, 19)}`;
}

/** Stripe's snake case as words: "requires_action" is "requires action". */
export function plainWords(name: string): string {
  return name.replaceAll("_", " ").replaceAll(".", " ");
}
