type Item<T> = { value: T; resolve(): void; reject(error: unknown): void };

/**
 * Runs many small works as few large ones: what is added while one runs is the next one's, at most
 * `limit` at once. Each promise settles with the run it was part of.
 */
export function gather<T>(
  run: (values: readonly T[]) => Promise<void>,
  limit: number,
): (value: T) => Promise<void> {
  const waiting: Item<T>[] = [];
  let isRunning = false;
  const runWaiting = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const items = waiting.splice(0, limit);
      try {
        await run(items.map(({ value }) => value));
        for (const { resolve } of items) resolve();
      } catch (error) {
        for (const { reject } of items) reject(error);
      }
    }
    isRunning = false;
  };
  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject });
      if (!isRunning) queueMicrotask(() => (isRunning ? undefined : void runWaiting()));
    });
}
