import { audit } from "#scripts/bench/audit";
import type { Bench } from "#scripts/bench/bench";
import { convergence } from "#scripts/bench/convergence";
import { ledger } from "#scripts/bench/ledger";
import { ledgerLarge } from "#scripts/bench/ledger-large";
import { margin } from "#scripts/bench/margin";
import { reconcile } from "#scripts/bench/reconcile";
import { rls } from "#scripts/bench/rls";
import { sandbox } from "#scripts/bench/sandbox";
import { usage } from "#scripts/bench/usage";
import { webhooks } from "#scripts/bench/webhooks";

/** Every bench by the name it is run under. */
export const benches: Record<string, Bench> = {
  audit,
  convergence,
  ledger,
  "ledger-large": ledgerLarge,
  margin,
  reconcile,
  rls,
  sandbox,
  usage,
  webhooks,
};
