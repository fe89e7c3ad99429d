import type { ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";

/**
 * Lets everybody else have the processor first: the child gets what they leave. Called as soon as
 * it is started, so that what it starts itself stands back too. Where a system knows no priorities
 * it runs as any other.
 */
export function stepBack({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or may not be told: either way nothing is lost but speed.
  }
}
