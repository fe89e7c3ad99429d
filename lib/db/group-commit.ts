export type Grouped<Item, Answer> = (item: Item) => Promise<Answer>;

type Waiting<Item, Answer> = {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Gathers calls so that many share one statement and one commit: what arrives while `inFlight` runs
 * are under way waits for the next, up to `weight` of `atMost` together. So the disk's rate of
 * flushes does not bound how much is taken, and a lone call waits for nobody but those that come in
 * the same turn. Beside a run that is under way another begins only with `beside` weight waiting:
 * many small ones cost more together.
 */
export function groupCommit<Item, Answer>(
  limits: { atMost: number; inFlight: number; beside?: number; weigh?: (item: Item) => number },
  settle: (batch: readonly Waiting<Item, Answer>[]) => Promise<void>,
): Grouped<Item, Answer> {
  const { atMost, inFlight, beside = 1, weigh = () => 1 } = limits;
  const waiting: Waiting<Item, Answer>[] = [];
  let underWay = 0;
  let waitingWeight = 0;
  let isInTurn = false;

  const send = () => {
    if (underWay >= inFlight || waiting.length === 0) return;
    if (underWay > 0 && waitingWeight < beside) return;
    const batch = takeFirst(waiting, atMost, weigh);
    waitingWeight -= batch.reduce((sum, { item }) => sum + weigh(item), 0);
    underWay += 1;
    settle(batch)
      .catch((error) => {
        for (const { reject } of batch) reject(error);
      })
      .finally(() => {
        underWay -= 1;
        sendAfterTurn();
      });
  };
  const sendAfterTurn = () => {
    if (isInTurn) return;
    isInTurn = true;
    setImmediate(() => {
      isInTurn = false;
      send();
    });
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      waitingWeight += weigh(item);
      sendAfterTurn();
    });
}

/** The first of those that wait, up to a weight together; the very first whatever it weighs. */
function takeFirst<Item, Answer>(
  waiting: Waiting<Item, Answer>[],
  atMost: number,
  weigh: (item: Item) => number,
): Waiting<Item, Answer>[] {
  let weight = 0;
  let count = 0;
  while (count < waiting.length) {
    weight += weigh(waiting[count]!.item);
    if (count > 0 && weight > atMost) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

export type { Waiting };
