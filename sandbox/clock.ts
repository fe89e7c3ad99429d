/** A namespace's idea of the time, in whole seconds. Only here is the machine asked for it. */
export interface Clock {
  now(): number;
  /** How far this clock stands ahead of the machine's or behind it. A restart resumes it. */
  readonly offset: number;
  /** Moves forward to an instant, from where time runs on. A clock in use never goes back. */
  moveTo(instant: number): void;
  /** Sets a clock under which nothing has happened yet, into the past too. */
  beginAt(instant: number): void;
  /** Holds still while work runs, so that everything it makes carries the same instant. */
  holdAt<Result>(instant: number, work: () => Result): Result;
}

/** The machine's own time in milliseconds: for deliveries, which are real even if time is moved. */
export function realNowMs(): number {
  return Date.now();
}

/** A clock that runs with the machine's, ahead of it by an offset. */
export function createClock(initialOffset: number): Clock {
  let offset = initialOffset;
  let held: number | undefined;
  const running = () => Math.floor(realNowMs() / 1000) + offset;

  return {
    now: () => held ?? running(),
    get offset() {
      return offset;
    },
    moveTo(instant) {
      offset += Math.max(0, instant - running());
    },
    beginAt(instant) {
      offset += instant - running();
    },
    holdAt(instant, work) {
      const before = held;
      held = instant;
      try {
        return work();
      } finally {
        held = before;
      }
    },
  };
}
