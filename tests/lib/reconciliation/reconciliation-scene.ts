import { Client } from "pg";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { newId } from "#lib/ids";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { carryOutRun } from "#lib/reconciliation/carry-out-run";
import { reconcileChanges } from "#lib/reconciliation/reconcile-changes";
import { type LedgerScene, openLedgerScene } from "#tests/lib/ledger-rules/ledger-scene";

export type ReconciliationScene = LedgerScene & {
  tools: Parameters<typeof carryOutRun>[2];
  /** Everything compared, of every book. */
  runWhole(): Promise<{ asked: bigint; found: number }>;
  /** What changed compared. */
  runPass(): Promise<{ asked: number; found: number }>;
  /** As somebody with power over the database, past every trigger and wall. */
  plant(sql: string, values?: unknown[]): Promise<number>;
  /** The same with every trigger in place. */
  plantAsOwner(sql: string): Promise<void>;
  /** Breaks that are not gone: "check kind reference cause". */
  breaks(book: string): Promise<string[]>;
};

/** Books that are fed, and what compares them. */
export async function openReconciliation(): Promise<ReconciliationScene> {
  const scene = await openLedgerScene();
  const { ctx, gateway } = scene;
  const tools = { gateway, effects };
  const superuser = new Client({ connectionString: scene.database.superUrl });
  await superuser.connect();
  return {
    ...{ ...scene, tools },
    runWhole: async () => {
      const id = newId("reconciliationRun");
      await transact(ctx, "test.run", async (tx) => {
        const now = ctx.now();
        await tx.reconciliationRun.create({
          data: {
            ...{ id, kind: "full", status: "running", startedAt: now, progressedAt: now },
            books: await tx.ledgerBook.count(),
          },
        });
      });
      await carryOutRun(ctx, { runId: id }, tools);
      const run = await view(ctx, (tx) =>
        tx.reconciliationRun.findUniqueOrThrow({ where: { id } }),
      );
      if (run.status !== "done") throw new Error(`The run is ${run.status}: ${run.error}`);
      return run;
    },
    runPass: () => reconcileChanges(ctx, tools),
    plant: async (sql, values = []) => {
      await superuser.query("set session_replication_role = replica");
      return (await superuser.query(sql, values)).rowCount ?? 0;
    },
    plantAsOwner: async (sql) => {
      await superuser.query("set session_replication_role = origin");
      await superuser.query(sql);
    },
    breaks: async (book) => {
      const rows = await view(ctx, (tx) =>
        tx.reconciliationBreak.findMany({
          where: { book, status: { not: "gone" } },
          orderBy: [{ check: "asc" }, { reference: "asc" }],
        }),
      );
      return rows.map((row) => `${row.check} ${row.kind} ${row.reference} ${row.cause}`);
    },
    close: async () => {
      await superuser.end();
      await scene.close();
    },
  };
}

/** Has the kept balances hold every entry, and seals them. */
export async function foldAll({ ctx }: LedgerScene): Promise<void> {
  await foldLedger(ctx);
}
