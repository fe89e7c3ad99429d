import { z } from "zod";
import { reportFile, uploadQuery, uploadReport } from "#lib/reconciliation/upload-report";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "reconciliation:run",
  summary: "Compare a report of Stripe's that you have as a file",
  description:
    "An itemized report as CSV, as Stripe's dashboard and Reporting API write it, as the body; " +
    "at most 200 MB. It is read as it arrives. What it must say: balance_transaction_id, " +
    "created_utc, currency, gross, fee and net.",
  answer: z.object({ id: z.string(), rows: z.int().describe("Lines that were read.") }),
  query: uploadQuery,
  streams: reportFile,
  idempotencyKey: false,
  status: 202,
  run: (ctx, { query, stream }) => uploadReport(ctx, { ...query, file: stream }),
});
