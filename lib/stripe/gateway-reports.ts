import type { Readable } from "node:stream";
import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** Everything of one currency that Stripe holds, of every type of balance. */
export type StripeTotal = { currency: string; minor: bigint };
export type NewestTransaction = { id: string; createdAt: Date };
export type ReportRun = {
  status: "pending" | "succeeded" | "failed";
  fileId: string | null;
  error: string | null;
};
export type ReportAsk = {
  /** Our id of it, which Stripe's key is made from. */
  id: string;
  type: string;
  account: string;
  from: Date;
  to: Date;
};

/** What Stripe says of its balances as a whole, and its own reports about them. */
export function reportCalls(stripe: StripeClient) {
  return {
    /** Available, pending and held back together: what the balance transactions come to. */
    readTotals(account: string): Promise<StripeTotal[]> {
      return ask(async () => totalsOf(await stripe.balance.retrieve({}, on(account))));
    },

    /** The newest balance transaction of an account, or null where there was none yet. */
    findNewestTransaction(account: string): Promise<NewestTransaction | null> {
      return ask(async () => {
        const { data } = await stripe.balanceTransactions.list({ limit: 1 }, on(account));
        const [newest] = data;
        return newest ? { id: newest.id, createdAt: new Date(newest.created * 1000) } : null;
      });
    },

    /** Has Stripe make a report; the same id is the same report. */
    createReport({ id, type, account, from, to }: ReportAsk): Promise<{ runId: string }> {
      const parameters: Stripe.Reporting.ReportRunCreateParams.Parameters = {
        ...{ interval_start: secondsOf(from), interval_end: secondsOf(to) },
        ...(account && { connected_account: account }),
      };
      return ask(async () => {
        const run = await stripe.reporting.reportRuns.create(
          { report_type: type, parameters },
          { idempotencyKey: `report:${id}` },
        );
        return { runId: run.id };
      });
    },

    /** How a report fares; null where Stripe has forgotten it. */
    async findReport(runId: string): Promise<ReportRun | null> {
      const run = await askForOne(() => stripe.reporting.reportRuns.retrieve(runId));
      if (!run) return null;
      const status = run.status === "succeeded" || run.status === "failed" ? run.status : "pending";
      return { status, fileId: run.result?.id ?? null, error: run.error ?? null };
    },

    /** A file's contents as they come, so that none is ever held whole. */
    openFile(fileId: string): Promise<Readable> {
      const path = `/v1/files/${encodeURIComponent(fileId)}/contents`;
      const options = { streaming: true, apiBase: "files" };
      return ask(
        async () =>
          (await stripe.rawRequest(
            "GET",
            path,
            undefined,
            options as Stripe.RawRequestOptions,
          )) as unknown as Readable,
      );
    },
  };
}

const on = (account: string) => (account ? { stripeAccount: account } : {});

/** Each type of balance has its own parts; a total is what is in any of them. */
function totalsOf(balance: Stripe.Balance): StripeTotal[] {
  const prefunding = balance.refund_and_dispute_prefunding;
  const parts = [
    ...balance.available,
    ...balance.pending,
    ...(balance.connect_reserved ?? []),
    ...(balance.issuing?.available ?? []),
    ...(prefunding?.available ?? []),
    ...(prefunding?.pending ?? []),
  ];
  const totals = new Map<string, bigint>();
  for (const { currency, amount } of parts) {
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(amount));
  }
  return [...totals].map(([currency, minor]) => ({ currency, minor }));
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
