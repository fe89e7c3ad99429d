/**
 * The bound a figure is held to: on its ratio where it has a peer, else on its value. A limit is
 * held to none: it says what the machine allows, for those beside it to be read by.
 */
export type Goal = { atLeast: number } | { atMost: number } | "limit";

/** What a bench measures: a subject and, where it has one, the peer or limit it is held against. */
export type Figure = {
  name: string;
  unit: string;
  goal: Goal;
  /** Runs once and says how it went, in `unit`. */
  subject: () => Promise<number>;
  beside?: { name: string; run: () => Promise<number> };
  /** One run is long enough to be a measure by itself. */
  isOnce?: boolean;
};

/** One figure as it came out, in the shape that `--json` prints. */
export type Result = {
  name: string;
  value: number;
  unit: string;
  beside: string | null;
  besideValue: number | null;
  ratio: number | null;
  goal: string;
  holds: boolean;
};

/** The middle value; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error("Nothing was measured.");
  return (low + high) / 2;
}

/**
 * Measures a figure. Each round runs the subject and what is beside it back to back, taking turns
 * at going first, so that a slow minute of the machine slows both. A first round warms up.
 */
export async function measure(figure: Figure, rounds: number): Promise<Result> {
  const { subject, beside, isOnce = false } = figure;
  const taken: { value: number; besideValue: number | undefined }[] = [];
  for (let round = isOnce ? rounds : 0; round <= rounds; round += 1) {
    const isSubjectFirst = round % 2 === 0;
    let value = isSubjectFirst ? await subject() : undefined;
    const besideValue = await beside?.run();
    value ??= await subject();
    if (round > 0 || isOnce) taken.push({ value, besideValue });
  }
  return conclude(figure, taken);
}

/** The medians of the rounds, and whether the goal holds. The ratio is the median of ratios. */
export function conclude(
  { name, unit, goal, beside }: Omit<Figure, "subject">,
  rounds: readonly { value: number; besideValue: number | undefined }[],
): Result {
  const value = median(rounds.map((round) => round.value));
  const pairs = rounds.flatMap((round) =>
    round.besideValue === undefined ? [] : [{ value: round.value, beside: round.besideValue }],
  );
  const ratio = pairs.length ? median(pairs.map((pair) => pair.value / pair.beside)) : null;
  return {
    name,
    value: rounded(value),
    unit,
    beside: beside?.name ?? null,
    besideValue: pairs.length ? rounded(median(pairs.map((pair) => pair.beside))) : null,
    ratio: ratio === null ? null : rounded(ratio),
    goal: wordsOf(goal),
    holds: meets(ratio ?? value, goal),
  };
}

function wordsOf(goal: Goal): string {
  if (goal === "limit") return goal;
  return "atLeast" in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

function meets(value: number, goal: Goal): boolean {
  if (goal === "limit") return true;
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** Four digits say all that a measurement of this kind knows. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
