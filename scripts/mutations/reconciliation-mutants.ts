import { type Mutant, mutantsOf } from "#scripts/mutations/mutant";

const judges = "tests/lib/reconciliation/judges.test.ts";
const totals = "tests/lib/reconciliation/totals.test.ts";
const resolutions = "tests/lib/reconciliation/resolutions.test.ts";
const own = (name: string) => `lib/reconciliation/${name}.ts`;
const tables = "prisma/migrations/20261121183952_reconciliation/migration.sql";

/** What is held against Stripe, and how what differs is given up. */
export const reconciliationMutants: readonly Mutant[] = [
  ...mutantsOf(own("judge-clearing"), judges, [
    ["boundary", "age «>» graceOf(open.reference)"],
    ["boundary", "if (age «<=» untoldMs)"],
    ["never", "if («expected.length === 0») {"],
    ["opposite", "isTwice(settled) «||» isTwice(expected)"],
    ["boundary", "new Set(sums).size «<» sums.length"],
    ["dropped", "stripeMinor: «-»sumOf(settled"],
  ]),
  ...mutantsOf(own("judge-transaction"), judges, [
    ["opposite", "mirror.netMinor === 0n «&&» mirror.feeMinor"],
    ["dropped", "if (isNothing« || mirror.isTwin») return null"],
    ["opposite", "side.ledgerMinor «!==» mirror.netMinor"],
    ["dropped", "currency !== mirror.currency« && netMinor !== 0n»"],
    ["opposite", "expenseMinor «+» suspenseMinor === feeMinor"],
    ["dropped", "expenseMinor === «-»netMinor"],
    ["never", "if («pair.twin») return finding"],
  ]),
  ...mutantsOf(own("break"), totals, [["opposite", "(stripeMinor ?? 0n) «-» (ledgerMinor ?? 0n)"]]),
  ...mutantsOf(own("keep-findings"), totals, [
    ["never", "const waits = «until > now.getTime()»;"],
    ["dropped", "known.filter((one) => «!»found.has(keyOf(one)))"],
  ]),
  ...mutantsOf(own("check-totals"), totals, [
    ["opposite", "minor «<» 0n"],
    ["opposite", "if (stripeMinor «===» ledgerMinor) return [];"],
    ["dropped", "read_at is not null «and payout_minor <> parts_minor»"],
    ["dropped", 'verdict: { not: "equal" }, «settledAt: null»'],
  ]),
  ...mutantsOf(own("keep-findings"), resolutions, [
    ["never", "const isOver = «before.expectedUntil !== null && before.expectedUntil <= now»;"],
  ]),
  ...mutantsOf(own("check-balance"), resolutions, [["opposite", "stripeMinor «!==» ledgerMinor"]]),
  ...mutantsOf(own("check-ledger"), resolutions, [
    ["opposite", 'fault.kind === "entries_missing" «||» fault.kind'],
  ]),
  ...mutantsOf("app.end_count", resolutions, [["never", "HAVING «sum(kept) <> sum(moved)»"]]),
  ...mutantsOf(own("closing-moves"), resolutions, [["opposite", "return differenceMinor «>» 0n"]]),
  ...mutantsOf(own("resolve-break"), resolutions, [
    ["never", 'if («decision === "approve" && found.proposedById === ctx.userId») {'],
    ["never", 'const isProposal = «kind === "write_off"»;'],
  ]),
  ...mutantsOf(tables, resolutions, [
    ["dropped", "(decided_by_id IS NOT NULL« AND decided_by_id <> proposed_by_id»)"],
  ]),
];
