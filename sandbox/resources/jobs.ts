import { advanceSubscription } from "#sandbox/billing/advance-subscription";
import { collectInvoice, methodFor, noteFailure } from "#sandbox/billing/collect-invoice";
import { expireIncomplete } from "#sandbox/billing/end-subscription";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { lacksLocation, noteLacking } from "#sandbox/billing/lacking-location";
import { failSetupDeposits } from "#sandbox/billing/setup-card";
import { countUsage } from "#sandbox/billing/usage";
import { noMethodDecline } from "#sandbox/payments/intent";
import { moneyJobs } from "#sandbox/payments/money-jobs";
import { billingJobs } from "#sandbox/resources/billing-jobs";
import { expireSession } from "#sandbox/resources/checkout-expiry";
import { endBankDebit } from "#sandbox/resources/end-debit";
import type { Row } from "#sandbox/store/objects";
import type { Jobs } from "#sandbox/world/scheduler";
import type { World } from "#sandbox/world/world";

const offSession = { isOffSession: true, isAuthenticated: false };

/** Everything that happens by itself when its time comes. */
export const jobs: Jobs = {
  ...billingJobs,
  ...moneyJobs,
  "intent.debit": endBankDebit,
  "session.expire": expireSession,
  "setup.deposits": failSetupDeposits,
  "subscription.advance": advanceSubscription,
  "usage.count": countUsage,
  "subscription.expire-incomplete": expireIncomplete,
  "subscription.trial-will-end": (world, id) => {
    const row = world.find("subscription", id);
    if (row?.object.status !== "trialing") return;
    world.emit("customer.subscription.trial_will_end", row.object);
  },
  "invoice.finalize": (world, id) => {
    const row = world.find("invoice", id);
    if (row === undefined || row.object.status !== "draft") return;
    if (lacksLocation(row.object)) {
      world.emit("invoice.finalization_failed", noteLacking(world, row));
      return;
    }
    finalizeInvoice(world, row);
    collect(world, row);
  },
  "invoice.retry": (world, id) => {
    const row = world.find("invoice", id);
    if (row !== undefined) collect(world, row);
  },
};

function collect(world: World, row: Row<"invoice">): void {
  if (row.object.status !== "open" || row.object.collection_method !== "charge_automatically") {
    return;
  }
  const method = methodFor(world, row);
  if (method === undefined) noteFailure(world, row, noMethodDecline);
  else collectInvoice(world, row, method, offSession);
}
