/** An exact decimal in the reader's digits, with its unit where it has one. */
export function sayQuantity(quantity: string, unit: string | null, locale: string): string {
  // Given as text it is written out in full, whatever a number could hold.
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 12 });
  const said = format.format(quantity as `${number}`);
  return unit ? `${said} ${unit}` : said;
}
