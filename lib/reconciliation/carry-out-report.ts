import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { StripeReport } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant, messageOf, Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { accountOf } from "#lib/reconciliation/check-open";
import { compareReport } from "#lib/reconciliation/compare-report";
import { keepFindings } from "#lib/reconciliation/keep-findings";
import { readReport } from "#lib/reconciliation/read-report";
import { readRules } from "#lib/reconciliation/read-rules";
import { noteStanding, type Tools } from "#lib/reconciliation/reconcile-book";
import { tellBreaks } from "#lib/reconciliation/tell-breaks";

const againMs = 15_000;

/**
 * Goes on with a report: asks Stripe for it, comes back until it is made, reads it and compares it.
 * Each step is kept, so one that is cut off goes on where it was.
 */
export async function carryOutReport(
  ctx: Context,
  { reportId }: { reportId: string },
  tools: Tools,
): Promise<void> {
  const report = await view(ctx, (tx) => tx.stripeReport.findUnique({ where: { id: reportId } }));
  if (report?.status !== "asked") return;
  try {
    if (report.source === "upload") return await compare(ctx, report, report.rows, tools);
    const file = await findFile(ctx, report, tools);
    if (file === null) {
      const runAt = new Date(Date.now() + againMs);
      await transact(ctx, "reconciliation.note-report", (tx) =>
        enqueue(tx, "reconciliation.report", { reportId }, { key: `report:${reportId}`, runAt }),
      );
      return;
    }
    const { rows } = await readReport(ctx, reportId, await tools.gateway.openFile(file));
    await compare(ctx, report, rows, tools);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === "unavailable") throw error;
    await transact(ctx, "reconciliation.note-report", (tx) =>
      tx.stripeReport.update({
        where: { id: reportId },
        data: { status: "failed", error: messageOf(error) },
      }),
    );
  }
}

/** The file of a report that is made; null while Stripe still makes it. */
async function findFile(ctx: Context, report: StripeReport, { gateway }: Tools) {
  const { id, type, book, fromAt, toAt } = report;
  invariant(fromAt && toAt, "a report that was asked for without a time");
  let runId = report.stripeRunId;
  if (!runId) {
    const asked = { id, type, account: accountOf(book), from: fromAt, to: toAt };
    runId = (await gateway.createReport(asked)).runId;
    const stripeRunId = runId;
    await transact(ctx, "reconciliation.note-report", (tx) =>
      tx.stripeReport.update({ where: { id }, data: { stripeRunId } }),
    );
  }
  const run = await gateway.findReport(runId);
  if (run?.status === "pending") return null;
  if (run?.fileId) return run.fileId;
  throw new Refusal("unprocessable", run?.error ?? "Stripe could not make this report.");
}

async function compare(
  ctx: Context,
  report: StripeReport,
  rows: number,
  { effects }: Tools,
): Promise<void> {
  const { id, book } = report;
  await transact(ctx, "reconciliation.note-report", async (tx) => {
    const { matched, findings } = await compareReport(tx, report);
    const references = [
      ...(await readKnown(tx, report)),
      ...findings.map(({ reference }) => reference),
    ];
    const examined = { book, checks: ["report" as const], references };
    const kept = await keepFindings(tx, ctx, examined, findings, await readRules(tx));
    await tellBreaks(tx, ctx, kept, effects);
    await noteStanding(tx, ctx, { book, check: "report", asked: rows, isWhole: true });
    await tx.stripeReport.update({
      where: { id },
      data: {
        ...{ status: "compared", comparedAt: ctx.now(), rows, matched, found: findings.length },
      },
    });
  });
  // What was compared is at Stripe; here only what came of it is kept.
  await dropLines(ctx, id);
}

/** Known breaks that this report speaks of again: few, however long it is. */
async function readKnown(tx: Tx, { id, book, fromAt, toAt }: StripeReport): Promise<string[]> {
  const rows = await tx.$queryRaw<{ reference: string }[]>`
    select r.reference from reconciliation_breaks r
    where r.book = ${book} and r."check" = 'report' and r.status <> 'gone'
      and (r.since >= ${fromAt} and r.since < ${toAt} or exists (
        select from stripe_report_lines l
        where l.report_id = ${id} and l.reference = r.reference))`;
  return rows.map(({ reference }) => reference);
}

const linesAtOnce = 50_000;

/** Forgets a report's lines, some at a time, so that a long one holds nothing up. */
export async function dropLines(ctx: Context, reportId: string): Promise<void> {
  for (let dropped = linesAtOnce; dropped === linesAtOnce; ) {
    dropped = await transact(
      ctx,
      "reconciliation.drop-lines",
      (tx) => tx.$executeRaw`
        delete from stripe_report_lines where report_id = ${reportId} and reference in (
          select reference from stripe_report_lines where report_id = ${reportId}
          limit ${linesAtOnce})`,
    );
  }
}
