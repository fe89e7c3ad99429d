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

/** How long each call of `work` takes, in milliseconds, at the given share of the slowest. */
export async function latency(
  calls: number,
  share: number,
  work: (turn: number) => Promise<unknown>,
): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < calls; turn += 1) {
    const start = performance.now();
    await work(turn);
    taken.push(performance.now() - start);
  }
  taken.sort((left, right) => left - right);
  return taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]!;
}
