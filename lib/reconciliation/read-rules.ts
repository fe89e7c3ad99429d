import type { Tx } from "#lib/db/client";
import type { ReconciliationRule } from "#lib/db/generated/client";
import { type Rule, ruleAct, ruleConditions } from "#lib/reconciliation/rule";

/** The newest version of every rule that is in force, in the order of their keys. */
export async function readRules(tx: Tx): Promise<Rule[]> {
  const rows = await readNewest(tx);
  return rows.filter(({ isActive }) => isActive).map(ruleOf);
}

/** The newest version of every rule, in force or not. */
export function readNewest(tx: Tx): Promise<ReconciliationRule[]> {
  return tx.reconciliationRule.findMany({
    distinct: ["key"],
    orderBy: [{ key: "asc" }, { version: "desc" }],
  });
}

/** A row as a rule: what is kept of it was checked when it was saved. */
export function ruleOf({ key, version, title, conditions, act, reason }: ReconciliationRule): Rule {
  return {
    ...{ key, version, title, reason },
    conditions: ruleConditions.parse(conditions),
    act: ruleAct.parse(act),
  };
}
