import { isDeepStrictEqual } from "node:util";
import type { Difference } from "#tests/scenarios/allowed-differences";
import type { Sight } from "#tests/scenarios/scenario";

/**
 * What is to be seen on a target: what Stripe documents, but for the differences allowed there.
 * Throws on an allowed difference that is none, or whose place does not exist.
 */
export function expectedOn(
  target: Difference["target"],
  scenario: string,
  documented: Sight,
  allowed: readonly Difference[],
): Sight {
  const expected = structuredClone(documented);
  for (const difference of allowed) {
    if (difference.scenario !== scenario || difference.target !== target) continue;
    const { path, seen } = difference;
    const names = path.split(".");
    const last = names.pop()!;
    const holder = names.reduce<unknown>((inner, name) => (inner as Sight)?.[name], expected);
    if (!holder || !(last in (holder as Sight))) throw new Error(`Nothing is at ${path}.`);
    if (isDeepStrictEqual((holder as Sight)[last], seen)) {
      throw new Error(`${scenario}: ${path} does not differ; take it off the list.`);
    }
    (holder as Sight)[last] = seen;
  }
  return expected;
}
