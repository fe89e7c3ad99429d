import type { Plane } from "#sandbox/admin/call";
import { isUntouched } from "#sandbox/admin/has-history";
import { realNowMs } from "#sandbox/clock";
import type { Engine } from "#sandbox/engine";
import { daysOf, generateWorld, type Progress, type Wish } from "#sandbox/generate/generate-world";
import { invalidParam, invalidRequest } from "#sandbox/protocol/errors";

type Sent = { seed?: number; tenants?: number; months?: number; ends?: number };

const usual = { seed: 1, tenants: 25, months: 3 };
const bounds = { tenants: [1, 2000], months: [1, 36] } as const;
const progresses = new WeakMap<Engine, Map<string, Progress>>();

/**
 * Fills an untouched world with months of a platform's life and answers when that is done. Only a
 * world in which nothing has happened is filled: its history cannot begin before itself.
 */
export async function startGenerating(plane: Plane, sent: Sent): Promise<Progress> {
  const { engine, scheduler, namespace } = plane;
  refuseWhileMade(plane);
  const wish = wishFrom(sent, namespace.clock.now());
  if (!isUntouched(engine, namespace)) {
    throw invalidRequest(
      "A world that holds something already, be it an endpoint or a setting, cannot be filled " +
        "with a past. POST /_sandbox/reset first, or use a key of another name.",
    );
  }
  const fresh = engine.database.transaction(() =>
    engine.namespaces.begin(namespace.name, wish.seed),
  );
  const counts = { day: 0, days: daysOf(wish), tenants: 0, sales: 0, refused: 0 };
  const progress: Progress = { state: "running", ...counts };
  const known = progresses.get(engine) ?? new Map<string, Progress>();
  progresses.set(engine, known.set(namespace.name, progress));
  try {
    await scheduler.whileHeld(fresh, async () => {
      await generateWorld(engine, scheduler, fresh, wish, progress);
      // What took some seconds to make has not fallen behind by them.
      if (sent.ends === undefined) await scheduler.advance(fresh, Math.floor(realNowMs() / 1000));
    });
    Object.assign(progress, { state: "done", day: progress.days });
    return progress;
  } catch (error) {
    Object.assign(progress, { state: "failed", error: String(error) });
    throw error;
  }
}

/** Refuses what would pull the ground away under a world that is being made. */
export function refuseWhileMade(plane: Plane): void {
  if (progressOf(plane)?.state !== "running") return;
  throw invalidRequest("This world is being made; GET /_sandbox/generate says how far it is.");
}

/** A world that was emptied was never made. */
export function forgetProgress({ engine, namespace }: Plane): void {
  progresses.get(engine)?.delete(namespace.name);
}

/** How far the making of this world has come, or that it was never asked for. */
export function readProgress(plane: Plane): Progress | { state: "none" } {
  return progressOf(plane) ?? { state: "none" };
}

function progressOf({ engine, namespace }: Plane): Progress | undefined {
  return progresses.get(engine)?.get(namespace.name);
}

function wishFrom(sent: Sent, now: number): Wish {
  const wish = { ...usual, ends: now, ...sent };
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = wish[name as keyof typeof bounds];
    if (value < least || value > most) {
      throw invalidParam(name, `\`${name}\` is a whole number from ${least} to ${most}.`);
    }
  }
  if (wish.ends > now) throw invalidParam("ends", "`ends` is an instant that has passed.");
  return wish;
}
