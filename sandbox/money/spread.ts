/** Splits a discount over amounts by their size: each share is floored, the last takes what is
 *  left, so $5 over $10 and $20 is 166 and 334. */
export function spread(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map(() => 0n);
  const last = weights.findLastIndex((weight) => weight !== 0n);
  let given = 0n;
  const shares = weights.map((weight, place) => {
    if (place === last) return 0n;
    const share = (whole * weight) / total;
    given += share;
    return share;
  });
  shares[last] = whole - given;
  return shares;
}
