import { z } from "zod";
import { reportAnswer } from "#lib/reconciliation/answers";
import { listReports, reportInput, requestReport } from "#lib/reconciliation/request-report";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "List Stripe's reports and what they said",
  answer: z.object({ reports: z.array(reportAnswer) }),
  run: async (ctx) => ({ reports: await listReports(ctx) }),
});

export const POST = route({
  who: "platform",
  permission: "reconciliation:run",
  summary: "Compare a report of Stripe's",
  answer: z.object({ id: z.string() }),
  body: reportInput,
  status: 202,
  run: (ctx, { body }) => requestReport(ctx, body),
});
