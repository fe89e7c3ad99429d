export type Grouped<Item, Answer> = (item: Item) => Promise<Answer>;

type Waiting<Item, Answer> = {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Gathers calls so that many share one statement and one commit: what arrives while `inFlight` runs
 * are under way waits for the next, up to `weight` of `atMost` together. So the disk's rate of
 * flushes does not bound how much is taken, and a lone call waits for nobody.
 */
export function groupCommit<Item, Answer>(
  limits: { atMost: number; inFlight: number; weigh?: (item: Item) => number },
  settle: (batch: readonly Waiting<Item, Answer>[]) => Promise<void>,
): Grouped<Item, Answer> {
  const { atMost, inFlight, weigh = () => 1 } = limits;
  const waiting: Waiting<Item, Answer>[] = [];
  let underWay = 0;

  const take = (): Waiting<Item, Answer>[] => {
    let weight = 0;
    let count = 0;
    while (count < waiting.length) {
      weight += weigh(waiting[count]!.item);
      // The first goes whatever it weighs.
      if (count > 0 && weight > atMost) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };
  const send = () => {
    if (underWay >= inFlight || waiting.length === 0) return;
    const batch = take();
    underWay += 1;
    settle(batch)
      .catch((error) => {
        for (const { reject } of batch) reject(error);
      })
      .finally(() => {
        underWay -= 1;
        send();
      });
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      send();
    });
}

export type { Waiting };
