import type { Engine } from "#sandbox/engine";
import type { SqlRow } from "#sandbox/store/database";
import type { JobName } from "#sandbox/world/jobs";
import type { Namespace } from "#sandbox/world/namespace";
import type { World } from "#sandbox/world/world";

/** What each job does when its time comes. A name without a row does not compile. */
export type Jobs = { [Name in JobName]: (world: World, subject: string) => void };

/**
 * Runs what is due, in the order it is due, each job at its own instant. One that fails leaves no
 * trace; a batch of them is one commit, since commits are what moving time costs most.
 */
export interface Scheduler {
  /** Moves a namespace's time, running everything on the way. Resolves after the last of it. */
  advance(namespace: Namespace, to: number): Promise<number>;
  /** While this runs, a namespace's time moves by `advance` alone. */
  whileHeld<Result>(namespace: Namespace, work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

const tickMs = 500;

/** How long what happens at once can still be seen to be on its way. */
const hurriedMs = 20;

/** Watches every namespace's clock, which by default runs with real time. */
export function createScheduler(engine: Engine, jobs: Jobs): Scheduler {
  const advancing = new Set<string>();
  const held = new Set<string>();
  let isRunning = true;
  const runDue = (namespace: Namespace) => {
    if (advancing.has(namespace.name) || held.has(namespace.name)) return;
    runUntil(engine, jobs, namespace, namespace.clock.now(), 50);
  };
  const ticking = setInterval(() => engine.namespaces.opened().forEach(runDue), tickMs);
  ticking.unref();
  // What was asked to happen at once follows its answer and does not wait for the next tick.
  engine.changes.watchAll((name) => {
    const changed = engine.namespaces.opened().find((namespace) => namespace.name === name);
    if (!changed?.isHurried) return;
    changed.isHurried = false;
    setTimeout(() => isRunning && runDue(changed), hurriedMs).unref();
  });

  return {
    async advance(namespace, to) {
      advancing.add(namespace.name);
      let ran = 0;
      try {
        for (;;) {
          const batch = runUntil(engine, jobs, namespace, to, 20);
          ran += batch;
          if (batch === 0) break;
          await new Promise((resolve) => setImmediate(resolve));
        }
        moveClock(engine, namespace, to);
      } finally {
        advancing.delete(namespace.name);
      }
      return ran;
    },
    async whileHeld(namespace, work) {
      held.add(namespace.name);
      try {
        return await work();
      } finally {
        held.delete(namespace.name);
      }
    },
    stop() {
      isRunning = false;
      clearInterval(ticking);
    },
  };
}

function runUntil(
  engine: Engine,
  jobs: Jobs,
  namespace: Namespace,
  until: number,
  atMost: number,
): number {
  const nextDue = () =>
    engine.database.one(
      "SELECT * FROM timers WHERE namespace = ? AND due <= ? AND clock IS NULL ORDER BY due, sequence LIMIT 1",
      ...[namespace.name, until],
    );
  const first = nextDue();
  if (first === undefined) return 0;
  return engine.database.transaction(() => {
    let ran = 0;
    for (let timer: SqlRow | undefined = first; timer !== undefined; timer = nextDue()) {
      runTimer(engine, jobs, namespace, timer);
      ran += 1;
      if (ran === atMost) break;
    }
    return ran;
  });
}

function runTimer(engine: Engine, jobs: Jobs, namespace: Namespace, timer: SqlRow): void {
  const due = Number(timer.due);
  const account = String(timer.account);
  namespace.clock.moveTo(due);
  namespace.clock.holdAt(due, () => {
    try {
      engine.inWorld({ namespace, account }, (world) => {
        engine.database.run("DELETE FROM timers WHERE sequence = ?", Number(timer.sequence));
        jobs[timer.job as JobName](world, String(timer.subject));
      });
    } catch (error) {
      console.error(`The job ${timer.job} failed on ${timer.subject}:`, error);
      engine.database.run("DELETE FROM timers WHERE sequence = ?", Number(timer.sequence));
    }
  });
}

function moveClock(engine: Engine, namespace: Namespace, to: number): void {
  namespace.clock.moveTo(to);
  engine.database.transaction(() => namespace.keep());
}
