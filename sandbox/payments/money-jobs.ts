import { refreshAccount } from "#sandbox/connect/refresh-account";
import { decideDispute, expireDispute } from "#sandbox/payments/dispute";
import { cancelIntent } from "#sandbox/payments/intent";
import { advancePayout } from "#sandbox/payments/payout";
import { matureBalance, payOutOnSchedule } from "#sandbox/payments/payout-schedule";
import { advanceRefund } from "#sandbox/payments/refund";
import { postLateCharge } from "#sandbox/payments/settle-charge";
import { advanceTopup } from "#sandbox/payments/topup";
import { runReport } from "#sandbox/reporting/run-report";
import type { MoneyJobName } from "#sandbox/world/jobs";
import type { World } from "#sandbox/world/world";

/** What happens to money by itself when its time comes. */
export const moneyJobs: { [Name in MoneyJobName]: (world: World, subject: string) => void } = {
  "account.deadline": (world, id) => refreshAccount(world, id),
  "balance.mature": matureBalance,
  "charge.post": postLateCharge,
  "dispute.decide": decideDispute,
  "dispute.expire": expireDispute,
  "intent.expire-capture": (world, id) => {
    const row = world.find("payment_intent", id);
    if (row?.object.status === "requires_capture") cancelIntent(world, row, "automatic");
  },
  "payout.advance": advancePayout,
  "payout.schedule": (world) => payOutOnSchedule(world),
  "refund.advance": advanceRefund,
  "report.run": runReport,
  "topup.advance": advanceTopup,
};
