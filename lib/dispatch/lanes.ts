import type { TaskList } from "graphile-worker";
import type { JobName } from "#lib/jobs/contract";

/**
 * How many jobs of each lane one worker runs at once. What waits for strangers' machines runs apart
 * from our own work, and what fails now apart from what does not, so that neither holds up others.
 */
const lanes: readonly { concurrency: number; only?: readonly JobName[] }[] = [
  { concurrency: 4 },
  { concurrency: 16, only: ["webhooks.send"] },
  { concurrency: 4, only: ["webhooks.send-failing"] },
];

/** The lanes with their tasks; the first runs all that has none of its own. */
export function lanesOf(tasks: TaskList): { concurrency: number; taskList: TaskList }[] {
  const apart = new Set<string>(lanes.flatMap(({ only }) => only ?? []));
  return lanes.map(({ concurrency, only }) => ({
    concurrency,
    taskList: Object.fromEntries(
      Object.entries(tasks).filter(([name]) =>
        only ? (only as readonly string[]).includes(name) : !apart.has(name),
      ),
    ),
  }));
}
