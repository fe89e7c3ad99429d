import type { RuleChoices } from "#components/reconciliation/rule-form";
import { breakKindNames } from "#lib/reconciliation/break";
import { causes } from "#lib/reconciliation/causes";
import { checkNames, checks } from "#lib/reconciliation/checks";

/** All that a rule may name, in words. */
export const ruleChoices: RuleChoices = {
  kinds: breakKindNames.map((value) => ({ value, label: value.replace("_", " ") })),
  causes: Object.entries(causes).map(([value, { says }]) => ({ value, label: says })),
  checks: checkNames.map((value) => ({ value, label: checks[value].question })),
};
