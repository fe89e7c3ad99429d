import { writeFileSync } from "node:fs";
import type { SerializedError } from "vitest";
import type { Reporter } from "vitest/node";

/** An error that no test waited for, and the file that was running; null where none was. */
export type OutsideError = { file: string | null; message: string };

/** Names the file the errors are written to. */
export const outsideErrorsVariable = "LOCKSTEP_OUTSIDE_ERRORS";

/**
 * Writes down what Vitest only prints: an error outside a test fails a run, and Vitest's JSON has
 * no word of it. Vitest puts the file's path on the error while a file runs. Default, because
 * Vitest loads a reporter it is given by path so.
 */
export default class OutsideErrors implements Reporter {
  onTestRunEnd(_: unknown, errors: readonly SerializedError[]): void {
    const path = process.env[outsideErrorsVariable];
    if (!path) throw new Error(`${outsideErrorsVariable} must name the file to write to.`);
    const outside = errors.map(({ VITEST_TEST_PATH: file, message }): OutsideError => {
      return { file: typeof file === "string" ? file : null, message: firstLine(message) };
    });
    writeFileSync(path, JSON.stringify(outside));
  }
}

function firstLine(message: unknown): string {
  return String(message ?? "an error without words").split("\n")[0] ?? "";
}
