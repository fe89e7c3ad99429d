/** Splits a discount over amounts by their size: each share is floored, the last takes the rest, so
 *  $5 over $10 and $20 is 166 and 334. What is more than an amount goes to those before it. */
export function spread(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (whole * weight) / total);
  let over = shares.reduce((rest, share) => rest - share, whole);
  for (let place = weights.length - 1; place >= 0; place -= 1) {
    shares[place]! += over;
    over = 0n;
    if (shares[place]! <= weights[place]!) continue;
    over = shares[place]! - weights[place]!;
    shares[place] = weights[place]!;
  }
  return shares;
}
