/**
 * Runs `work` from `clients` at once for about `ms` and answers how many completed per second.
 * Each client waits for its last call before the next, as a person or a connection does.
 */
export async function perSecond(
  clients: number,
  ms: number,
  work: (client: number, turn: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const counts = await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      let turns = 0;
      while (performance.now() - start < ms) {
        await work(client, turns);
        turns += 1;
      }
      return turns;
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

/**
 * Works through a list with `clients` at once, each taking the next item when its last is done.
 * Answers how many per second, and how long the slowest percent of them took, in milliseconds.
 */
export async function drain<T>(
  items: readonly T[],
  clients: number,
  work: (item: T) => Promise<unknown>,
): Promise<{ perSecond: number; p99Ms: number }> {
  const taken: number[] = [];
  let next = 0;
  const start = performance.now();
  const client = async () => {
    while (next < items.length) {
      const item = items[next]!;
      next += 1;
      const began = performance.now();
      await work(item);
      taken.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  taken.sort((left, right) => left - right);
  return { perSecond: items.length / seconds, p99Ms: taken[Math.floor(taken.length * 0.99)]! };
}
