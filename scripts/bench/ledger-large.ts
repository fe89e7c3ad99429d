import { openDb } from "#lib/db/client";
import type { Bench } from "#scripts/bench/bench";
import type { Figure } from "#scripts/bench/figure";
import { type LongJob, openJobs } from "#scripts/bench/ledger-large-jobs";
import { openReaders, type Reader } from "#scripts/bench/ledger-large-reads";
import { benchRows, large, plantAccount, small } from "#scripts/bench/ledger-large-rows";
import { openStage, type Stage } from "#scripts/bench/stage";

const unit = "ms";

/**
 * One account of BENCH_ROWS entries, among them accounts that every entry moves: what a posting, a
 * page and a whole-book job cost there. A page is held to 300 ms at its slowest; a job to a memory
 * that does not grow.
 */
export const ledgerLarge: Bench = {
  about: "one account of a million entries, or BENCH_ROWS: postings, pages, exports and a count",
  open: async () => {
    const stage = await openStage();
    try {
      const began = performance.now();
      await plantAccount(stage);
      return await figuresOn(stage, (performance.now() - began) / 1000);
    } catch (error) {
      await stage.close();
      throw error;
    }
  },
};

/** The figures of a stage that was planted, which took so many seconds. */
export async function figuresOn(stage: Stage, plantedS: number) {
  const db = openDb(stage.appUrl, 2);
  const readers = openReaders(db);
  const jobs = openJobs(db, stage);
  const figures: Figure[] = [
    { ...told("entries", "entries"), subject: async () => benchRows },
    { ...told("planted in", "s"), subject: async () => plantedS },
    { ...told("database", "MB"), subject: jobs.megabytes },
    ...jobs.postings.map(({ name, in: book, goal }) => ({
      ...{ name, unit, goal, isOnce: true, subject: () => book(large.book) },
      beside: { name: "an empty book", run: () => book(small.book) },
    })),
    ...Object.entries(readers).map(([name, reader]) => pageOf(name, reader)),
    ...jobs.long.map(figureOf),
  ];
  return {
    figures,
    close: async () => {
      await db.close();
      await stage.close();
    },
  };
}

function told(name: string, unit: string) {
  return { name, unit, goal: "limit", isOnce: true } as const;
}

/** The slowest of twenty, after one that finds nothing in memory. */
function pageOf(name: string, read: Reader): Figure {
  const slowest = async () => {
    let most = 0;
    await read(0);
    for (let turn = 1; turn <= 20; turn += 1) {
      const began = performance.now();
      await read(turn);
      most = Math.max(most, performance.now() - began);
    }
    return most;
  };
  return { name, unit, goal: { atMost: 300 }, isOnce: true, subject: slowest };
}

function figureOf({ name, unit, goal, run }: LongJob): Figure {
  return { name, unit, goal, isOnce: true, subject: run };
}
