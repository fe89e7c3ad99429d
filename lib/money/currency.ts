/** The currencies plans can be priced in, with the decimals of their minor unit (ISO 4217). */
export const currencies = {
  usd: { decimals: 2 },
  eur: { decimals: 2 },
  gbp: { decimals: 2 },
  chf: { decimals: 2 },
  jpy: { decimals: 0 },
  brl: { decimals: 2 },
  sgd: { decimals: 2 },
  kwd: { decimals: 3 },
} as const;

/** Lower-case ISO 4217, as Stripe writes it. */
export type Currency = keyof typeof currencies;

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(currencies, text);
}
