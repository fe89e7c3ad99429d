/** Chance under a seed: the same seed draws the same. */
export interface Draws {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  one<T>(of: readonly T[]): T;
  /** A positive amount around `median`: most are near it, a few are many times as large. */
  amount(median: number): number;
}

/** Mulberry32, by Tommy Ettinger, in the public domain: small, and good enough for a story. */
export function createDraws(seed: number): Draws {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    happens: (probability) => next() < probability,
    one: (of) => of[below(of.length)]!,
    amount: (median) => {
      // Two draws make a normal one (Box and Muller); prices are near its exponential.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.max(100, Math.round(median * Math.exp(0.8 * normal)));
    },
  };
}
