import { Readable } from "node:stream";
import { z } from "zod";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf, Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { dropLines } from "#lib/reconciliation/carry-out-report";
import { readReport } from "#lib/reconciliation/read-report";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a person may bring: an itemized report as Stripe writes it. */
export const reportFile = {
  types: ["text/csv"],
  mostBytes: 200_000_000,
  example:
    "balance_transaction_id,created_utc,currency,gross,fee,net\n" +
    "txn_1PqX8sKb2eZvT0,2026-11-01 09:30:00,usd,49.00,1.72,47.28",
};

export const uploadQuery = z.object({
  book: z.string().max(255).default("platform"),
  name: z.string().trim().min(1).max(200),
});

type Upload = z.infer<typeof uploadQuery> & { file: AsyncIterable<Uint8Array> };
const forgottenMs = 86_400_000;

/**
 * Takes a report of Stripe's as a file, reads it as it arrives, and has it compared. A file that
 * cannot be read leaves the reason on its report, and nothing else.
 */
export async function uploadReport(
  ctx: PlatformContext,
  { book, name, file }: Upload,
): Promise<{ id: string; rows: number }> {
  requirePlatform(ctx, "reconciliation:run");

  const id = newId("stripeReport");
  await transact(ctx, "reconciliation.upload-report", async (tx) => {
    if (!(await tx.ledgerBook.findUnique({ where: { key: book } }))) {
      throw new Refusal("not_found", `There is no book ${book}.`, { field: "book" });
    }
    await tx.stripeReport.create({
      data: {
        ...{ id, source: "upload", book, type: "upload", status: "reading", fileName: name },
        ...{ askedById: ctx.userId, askedAt: ctx.now() },
      },
    });
  });
  try {
    const { rows } = await readReport(ctx, id, Readable.from(file));
    if (rows === 0) throw new Refusal("unprocessable", "The file has no lines.");
    await transact(ctx, "reconciliation.upload-report", (tx) => askFor(tx, id, rows));
    return { id, rows };
  } catch (error) {
    await giveUp(ctx, id, messageOf(error));
    throw error;
  }
}

/** Ends uploads whose reader died, so that none stays half read. */
export async function endForgottenUploads(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - forgottenMs);
  const forgotten = await view(ctx, (tx) =>
    tx.stripeReport.findMany({
      where: { source: "upload", status: "reading", askedAt: { lt: before } },
      select: { id: true },
    }),
  );
  for (const { id } of forgotten) await giveUp(ctx, id, "It was cut off. Upload it again.");
}

/** The time of a file is that of its lines. */
async function askFor(tx: Tx, id: string, rows: number): Promise<void> {
  await tx.$executeRaw`
    update stripe_reports set status = 'asked', rows = ${rows}, from_at = said.first,
      to_at = said.last + interval '1 second'
    from (select min(created_at) as first, max(created_at) as last
      from stripe_report_lines where report_id = ${id}) said
    where id = ${id}`;
  await enqueue(tx, "reconciliation.report", { reportId: id }, { key: `report:${id}` });
}

async function giveUp(ctx: Context, id: string, error: string): Promise<void> {
  await transact(ctx, "reconciliation.upload-report", (tx) =>
    tx.stripeReport.update({ where: { id }, data: { status: "failed", error } }),
  );
  await dropLines(ctx, id);
}
