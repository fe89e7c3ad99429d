import { type Flow, wordsOfStops } from "#lib/connect/hold";
import type { ConnectedAccount } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/**
 * The account a tenant takes payments with. Refuses where there is none, saying what to do; asked
 * for a flow, also where the platform stopped that.
 */
export async function findAccount(ctx: TenantContext, flow?: Flow): Promise<ConnectedAccount> {
  const { tenantId } = ctx;
  const kept = await view(ctx, (tx) => tx.connectedAccount.findUnique({ where: { tenantId } }));
  if (!kept) {
    const message = "This workspace is not set up for payments yet. Open Payments to begin.";
    throw new Refusal("conflict", message);
  }
  requireConnected(kept);
  if (flow) requireFlow(kept, flow);
  return kept;
}

/** Refuses an account that was closed at Stripe, or disconnected from us, with what mends it. */
export function requireConnected({ status }: Pick<ConnectedAccount, "status">): void {
  if (status === "closed") throw accountClosed();
  if (status !== "disconnected") return;
  const what = "This workspace's account at Stripe is disconnected from us, so nothing goes";
  const mend = "Connect it again: ask us for it under Onboarding.";
  throw new Refusal("conflict", `${what} through it here. ${mend}`);
}

/** Refuses what the platform has stopped for an account. */
export function requireFlow(
  { paymentsHeld, payoutsHeld }: Pick<ConnectedAccount, "paymentsHeld" | "payoutsHeld">,
  flow: Flow,
): void {
  if (!(flow === "payments" ? paymentsHeld : payoutsHeld)) return;
  const what = wordsOfStops({ payments: flow === "payments", payouts: flow === "payouts" });
  const where = "Onboarding says why, and how to appeal.";
  throw new Refusal("conflict", `We stopped the ${what} of this workspace. ${where}`);
}

/** What to say where an account was closed at Stripe. */
function accountClosed(): Refusal {
  const message = "This workspace's account at Stripe is closed, so it takes no payments.";
  return new Refusal("gone", `${message} Write to us to open another.`);
}
