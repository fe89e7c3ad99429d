import { openDb } from "#lib/db/client";
import type { Tools } from "#lib/reconciliation/reconcile-book";
import { reconcileMarked } from "#lib/reconciliation/reconcile-changes";
import { reconcileStretch } from "#lib/reconciliation/reconcile-stretch";
import type { Bench } from "#scripts/bench/bench";
import { growthOf } from "#scripts/bench/growth";
import {
  bareJoin,
  benchBook,
  benchRows,
  plantBooks,
  touchNewest,
} from "#scripts/bench/reconcile-books";
import { contextOn, openStage, query } from "#scripts/bench/stage";

/** What Stripe would be asked; nothing differs, so nobody is. */
const tools = { gateway: {}, effects: async () => {} } as unknown as Tools;

/** Comparing a book with Stripe: everything, beside a bare join of the same rows; then a change. */
export const reconcile: Bench = {
  about: "a book beside Stripe's balance transactions: all of it, its memory, and what changed",
  open: async () => {
    const stage = await openStage();
    await plantBooks(stage.superUrl);
    const db = openDb(stage.appUrl, 2);
    const ctx = contextOn(db, { kind: "system" });

    const runWhole = async () => {
      let compared = 0;
      for (let cursor: string | null = ""; cursor !== null; ) {
        const step = await reconcileStretch(ctx, tools, { book: benchBook, cursor });
        if (step.found > 0) throw new Error("Something differs that was planted equal.");
        compared += step.asked;
        cursor = step.cursor;
      }
      if (compared !== benchRows) throw new Error(`Only ${compared} rows were compared.`);
    };
    const whole = () => perSecondOf(runWhole, benchRows);
    const bare = () => perSecondOf(() => query(stage.superUrl, bareJoin), benchRows);
    const changed = async () => {
      await touchNewest(stage.superUrl);
      return secondsOf(() => reconcileMarked(ctx, tools, benchBook));
    };
    return {
      figures: [
        {
          ...{ name: "all of a book", unit: "rows/s", goal: { atLeast: 0.9 }, subject: whole },
          beside: { name: "bare full join", run: bare },
        },
        {
          ...{ name: "growth while it runs", unit: "MB", goal: { atMost: 64 } },
          subject: () => growthOf(runWhole),
        },
        {
          ...{ name: "1 % changed", unit: "s", goal: { atMost: 0.03 }, subject: changed },
          beside: { name: "all of it, s", run: () => secondsOf(runWhole) },
        },
      ],
      close: async () => {
        await db.close();
        await stage.close();
      },
    };
  },
};

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
}

async function perSecondOf(run: () => Promise<unknown>, rows: number): Promise<number> {
  return rows / (await secondsOf(run));
}
