/** An exact decimal in the reader's digits, with its unit where it has one. */
export function sayQuantity(quantity: string, unit: string | null, locale: string): string {
  // Given as text it is written out in full, whatever a number could hold.
  return said(quantity, unit, locale, { maximumFractionDigits: 12 });
}

/** A cap in units: what money buys can have any number of decimals, and nobody is shown more. */
export function sayCap(most: string, unit: string | null, locale: string): string {
  const maximumFractionDigits = Number(most) >= 1000 ? 0 : 2;
  return said(most, unit, locale, { maximumFractionDigits, roundingMode: "trunc" });
}

function said(
  quantity: string,
  unit: string | null,
  locale: string,
  options: Intl.NumberFormatOptions,
): string {
  const figure = new Intl.NumberFormat(locale, options).format(quantity as `${number}`);
  if (!unit) return figure;
  return `${figure} ${Number(quantity) === 1 ? unit : severalOf(unit, locale)}`;
}

/** A plan names one of it, in English words or in a sign: several API calls, but several GB. */
function severalOf(unit: string, locale: string): string {
  const isWord = /(^|[^A-Za-z])[A-Z]?[a-z]{3,}$/.test(unit) && !unit.endsWith("s");
  if (!locale.startsWith("en") || !isWord) return unit;
  if (/[^aeiou]y$/.test(unit)) return `${unit.slice(0, -1)}ies`;
  return /(ch|sh|x|z)$/.test(unit) ? `${unit}es` : `${unit}s`;
}
