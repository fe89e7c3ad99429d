import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleAll,
} from "cockatiel";

/** What came of one request, as far as it says how Stripe is. */
export type Outcome = { status: number; retryAfterSeconds: number | undefined };

/** How one kind of request of one account fares. */
export type BreakerState = {
  account: string;
  route: string;
  state: "closed" | "open" | "half_open";
  /** How often it has opened since this process began. */
  openings: number;
  /** When it opened, and when one request is let through again. */
  openedAt: Date | null;
  retryAt: Date | null;
};

export type Breakers = {
  /**
   * Makes a request unless its like has failed again and again; then nothing is sent, and the
   * seconds until it may be tried are answered instead.
   */
  guard<T>(
    key: { account: string; route: string },
    send: () => Promise<T>,
    outcomeOf: (answer: T) => Outcome,
  ): Promise<T | { closedForSeconds: number }>;
  list(): BreakerState[];
  /** Calls back on every change from one state to another. */
  onChange(hear: (state: BreakerState) => void): void;
};

type Settings = { failures?: number; pauseMs?: number };
type Changed = (state: BreakerState) => void;

const states = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Isolated]: "open",
} as const;

/**
 * A circuit breaker for each account and route. It opens after some failures in a row (no answer,
 * 5xx, 429), stays open as long as Stripe asked for and a while at least, and then lets one request
 * through to see.
 */
export function createBreakers({ failures = 5, pauseMs = 10_000 }: Settings = {}): Breakers {
  const known = new Map<string, Breaker>();
  const ears: Changed[] = [];
  const changed: Changed = (state) => {
    for (const hear of ears) hear(state);
  };
  return {
    guard: async ({ account, route }, send, outcomeOf) => {
      const name = `${account} ${route}`;
      const breaker =
        known.get(name) ?? createBreaker(account, route, { failures, pauseMs }, changed);
      known.set(name, breaker);
      try {
        return await breaker.run(send, outcomeOf);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const leftMs = (breaker.state().retryAt?.getTime() ?? 0) - Date.now();
        return { closedForSeconds: Math.max(1, Math.ceil(leftMs / 1000)) };
      }
    },
    list: () => [...known.values()].map((breaker) => breaker.state()),
    onChange: (hear) => {
      ears.push(hear);
    },
  };
}

type Breaker = ReturnType<typeof createBreaker>;

function createBreaker(
  account: string,
  route: string,
  { failures, pauseMs }: Required<Settings>,
  changed: Changed,
) {
  let askedForMs = 0;
  let openings = 0;
  let openedAt: Date | null = null;
  const pause = () => Math.max(pauseMs, askedForMs);
  const policy = circuitBreaker(
    handleAll.orWhenResult((outcome) => isFailure(outcome as { outcome: Outcome })),
    { halfOpenAfter: new DelegateBackoff(pause), breaker: new ConsecutiveBreaker(failures) },
  );
  const state = (): BreakerState => ({
    ...{ account, route, state: states[policy.state], openings, openedAt },
    retryAt: openedAt && new Date(openedAt.getTime() + pause()),
  });
  policy.onBreak(() => {
    openings += 1;
    openedAt = new Date();
  });
  policy.onReset(() => {
    openedAt = null;
  });
  policy.onStateChange(() => changed(state()));
  return {
    run: async <T>(send: () => Promise<T>, outcomeOf: (answer: T) => Outcome): Promise<T> => {
      const { answer } = await policy.execute(async () => {
        const answer = await send();
        const outcome = outcomeOf(answer);
        askedForMs = (outcome.retryAfterSeconds ?? 0) * 1000;
        return { answer, outcome };
      });
      return answer;
    },
    state,
  };
}

function isFailure({ outcome: { status } }: { outcome: Outcome }): boolean {
  return status >= 500 || status === 429;
}
