import type { Operator } from "#scripts/mutations/operators";

/** One change of the code, and the test files of which one has to fail by it. */
export type Mutant = {
  /** A file, or a function of the database: of that its newest definition. */
  readonly where: string;
  readonly tests: readonly string[];
  readonly operator: Operator;
  /** Text that is there once, and in it, between « and », what the operator turns. */
  readonly place: string;
};

/** Mutants of one file or function that the same tests are to notice. */
export function mutantsOf(
  where: string,
  tests: string,
  places: readonly (readonly [Operator, string])[],
): Mutant[] {
  return places.map(([operator, place]) => ({ where, tests: [tests], operator, place }));
}
