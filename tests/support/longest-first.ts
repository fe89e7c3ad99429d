import { existsSync } from "node:fs";
import { join } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest. One that began last would keep a single core busy at the end. */
const longest = [
  "tests/lib/events/kill-walk.test.ts",
  "tests/lib/billing/change-races.test.ts",
  "tests/chaos/chaos.test.ts",
  "tests/lib/payments/money-acts.test.ts",
  "tests/lib/rater/year.test.ts",
  "tests/sandbox/crash.test.ts",
  "tests/lib/events/inbox.test.ts",
  "tests/lib/billing/changes.test.ts",
  "tests/lib/billing/checkout.test.ts",
  "tests/lib/billing/killed-worker.test.ts",
  "tests/lib/events/scan-inbox.test.ts",
  "tests/lib/seats/assign.test.ts",
  "tests/chaos/hard-stop.test.ts",
];

/** Begins with what takes longest; the rest keeps Vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const gone = longest.filter((path) => !existsSync(join(root, path)));
    if (gone.length > 0) throw new Error(`tests/support/longest-first.ts: no ${gone.join(", ")}.`);
    const places = new Map(longest.map((path, place) => [join(root, path), place]));
    const placeOf = ({ moduleId }: TestSpecification) => places.get(moduleId) ?? longest.length;
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => placeOf(one) - placeOf(other));
  }
}
