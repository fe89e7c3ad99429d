/** So long Stripe surely remembers a key. https://docs.stripe.com/api/idempotent_requests */
const keyKeptMs = 20 * 3_600_000;

/** What was decided, and in which round of keys: Stripe repeats its own failure to a key. */
type Decided = { requestedAt: Date; round: number };

/**
 * True where Stripe may have done something and would not know its key any more: then it is asked
 * what there is before it is asked for anything.
 */
export function mayBeForgotten({ requestedAt, round }: Decided, now: Date): boolean {
  return round > 0 || now.getTime() - requestedAt.getTime() > keyKeptMs;
}

/**
 * What is made under a key, or what was made under it: the same, asked twice at once, may have been
 * done while this one looked, whose refusal then speaks of its own twin.
 */
export async function makeOrFind<T>(
  make: () => Promise<T>,
  find: () => Promise<T | null>,
): Promise<T> {
  const before = await find();
  if (before) return before;
  try {
    return await make();
  } catch (refusal) {
    const twin = await find();
    if (twin) return twin;
    throw refusal;
  }
}
