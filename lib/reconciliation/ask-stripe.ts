import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import type { Evidence, Finding } from "#lib/reconciliation/break";
import { accountOf } from "#lib/reconciliation/check-open";
import type { StripeGateway } from "#lib/stripe/gateway";

/** A break says more with Stripe's own word in it; of a flood the first few are asked about. */
const askedAtMost = 25;

type Live = { currency: string; net: number; fee: number; amount: number; type: string };

/**
 * Asks Stripe for the balance transactions of findings that are new, and says by the answer which
 * side is wrong: the mirror, the entry, or both. Runs outside any transaction.
 */
export async function askStripe(
  ctx: Context,
  gateway: StripeGateway,
  findings: readonly Finding[],
): Promise<Finding[]> {
  const asked = findings.filter(
    ({ check }) => check === "transaction.entry" || check === "entry.transaction",
  );
  const fresh = await withoutKnown(ctx, asked);
  const answers = new Map<string, Finding>();
  for (const finding of fresh.slice(0, askedAtMost)) {
    const account = accountOf(finding.book);
    await gateway.waitForTurn(account);
    const live = await gateway.findObject("balance_transaction", finding.reference, account);
    answers.set(keyOf(finding), refine(finding, live && "deleted" in live ? null : live));
  }
  return findings.map((finding) => answers.get(keyOf(finding)) ?? finding);
}

/** What Stripe's own row says about a finding. */
export function refine(finding: Finding, live: Live | null): Finding {
  const shown: Evidence["stripe"] = live
    ? { currency: live.currency, net: String(live.net), fee: String(live.fee), type: live.type }
    : { found: false };
  const evidence = { ...finding.evidence, stripe: shown };
  const seen = { ...finding, evidence };
  if (finding.check === "entry.transaction") {
    if (!live) {
      return finding.kind === "duplicate" ? seen : { ...seen, cause: "unknown_to_stripe" };
    }
    const minor = BigInt(live.net);
    // Stripe has it: what is missing is our mirror of it.
    return { ...seen, kind: "missing_here", cause: "mirror_lost", stripeMinor: minor };
  }
  if (!live) return { ...seen, kind: "missing_there", cause: "unknown_to_stripe" };
  if (finding.kind !== "amount") return seen;
  return { ...seen, cause: wrongSideOf(finding, live) };
}

type Figures = { net?: string; fee?: string };

function wrongSideOf({ evidence }: Finding, live: Live): Finding["cause"] {
  const mirror = evidence.mirror as Figures | null;
  const sums = (evidence.entry as { sums?: (Figures & { currency: string })[] } | null)?.sums ?? [];
  const entry = sums.find(({ currency }) => currency === live.currency);
  const same = (side: Figures | null | undefined) => side?.net === String(live.net);
  const mirrorHolds = same(mirror) && mirror?.fee === String(live.fee);
  if (mirrorHolds) return "entry_differs";
  return same(entry) ? "mirror_differs" : "both_differ";
}

async function withoutKnown(ctx: Context, findings: readonly Finding[]): Promise<Finding[]> {
  if (findings.length === 0) return [];
  const known = await view(ctx, (tx) =>
    tx.reconciliationBreak.findMany({
      where: {
        ...{ book: findings[0]!.book, status: { not: "gone" } },
        reference: { in: findings.map(({ reference }) => reference) },
      },
      select: { check: true, reference: true, evidence: true },
    }),
  );
  const told = known.filter(({ evidence }) => (evidence as { stripe?: unknown } | null)?.stripe);
  const keys = new Set(told.map(keyOf));
  return findings.filter((finding) => !keys.has(keyOf(finding)));
}

function keyOf({ check, reference }: { check: string; reference: string }): string {
  return `${check} ${reference}`;
}
