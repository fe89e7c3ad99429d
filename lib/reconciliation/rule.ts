import { z } from "zod";
import { breakKindNames, differenceOf, type Finding } from "#lib/reconciliation/break";
import { type CauseCode, causes } from "#lib/reconciliation/causes";
import { type CheckName, checkNames } from "#lib/reconciliation/checks";

const causeNames = Object.keys(causes) as [CauseCode, ...CauseCode[]];
const [firstKind, ...otherKinds] = breakKindNames;
const names = checkNames as [CheckName, ...CheckName[]];

/** Which breaks a rule is about. What is left out says nothing; all that is said must hold. */
export const ruleConditions = z.object({
  kinds: z
    .array(z.enum([firstKind!, ...otherKinds]))
    .min(1)
    .optional(),
  checks: z.array(z.enum(names)).min(1).optional(),
  causes: z.array(z.enum(causeNames)).min(1).optional(),
  /** Only references that begin so: `po_`. */
  prefix: z.string().min(1).max(40).optional(),
  /** Only differences of at most so many minor units, either way. */
  mostMinor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

/** What a rule does. It never posts or gives up money: that takes people. */
export const ruleAct = z.discriminatedUnion("act", [
  z.object({ act: z.literal("refetch") }),
  z.object({ act: z.literal("expect"), minutes: z.int().min(1).max(43_200) }),
]);

export type RuleConditions = z.infer<typeof ruleConditions>;
export type RuleAct = z.infer<typeof ruleAct>;
export type Rule = {
  key: string;
  version: number;
  title: string;
  conditions: RuleConditions;
  act: RuleAct;
  reason: string;
};

/** As much of a break as a rule looks at. */
export type Judged = {
  kind: string;
  check: string;
  cause: string;
  reference: string;
  differenceMinor: bigint;
};

/** The first rule, in the order of their keys, that is about a finding. */
export function ruleFor(rules: readonly Rule[], finding: Finding): Rule | undefined {
  const judged = { ...finding, differenceMinor: differenceOf(finding) };
  return rules.find(({ conditions }) => isAbout(conditions, judged));
}

/** Whether all that a rule names holds of a break. */
export function isAbout(conditions: RuleConditions, judged: Judged): boolean {
  const { kinds, checks, causes: why, prefix, mostMinor } = conditions;
  const { differenceMinor } = judged;
  const magnitude = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  const isIn = (names: readonly string[] | undefined, name: string) =>
    names?.includes(name) ?? true;
  return (
    isIn(kinds, judged.kind) &&
    isIn(checks, judged.check) &&
    isIn(why, judged.cause) &&
    (prefix === undefined || judged.reference.startsWith(prefix)) &&
    (mostMinor === undefined || magnitude <= BigInt(mostMinor))
  );
}
