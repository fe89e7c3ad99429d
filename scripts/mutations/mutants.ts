import { ledgerMutants } from "#scripts/mutations/ledger-mutants";
import type { Mutant } from "#scripts/mutations/mutant";
import { reconciliationMutants } from "#scripts/mutations/reconciliation-mutants";
import { ruleMutants } from "#scripts/mutations/rule-mutants";

/** Every way the books are broken, each by one change, and which tests have to notice. */
export const mutants: readonly Mutant[] = [
  ...[...ledgerMutants, ...ruleMutants, ...reconciliationMutants],
];
