import { openDb } from "#lib/db/client";
import { getMargin } from "#lib/margin/get-margin";
import { dimensionNames, marginQuery } from "#lib/margin/input";
import type { Bench } from "#scripts/bench/bench";
import { benchRows, plantPayments } from "#scripts/bench/margin-rows";
import { contextOn, openStage } from "#scripts/bench/stage";

/**
 * How long a month's margin takes to tell apart by each dimension, at a million payments. The goal
 * is a page's patience on two busy cores; what looks up each payment takes a minute and more.
 */
export const margin: Bench = {
  about: "a month of live margin by tenant, plan, country and method",
  open: async () => {
    const stage = await openStage();
    await plantPayments(stage.superUrl);
    const db = openDb(stage.appUrl, 2);
    const scope = { kind: "platform", userId: "usr_bench" } as const;
    const admin = { ...contextOn(db, scope), userId: "usr_bench", platformRole: "admin" as const };
    return {
      figures: dimensionNames.map((by) => ({
        name: `by ${by} of ${benchRows.toLocaleString("en")} payments`,
        unit: "ms",
        goal: { atMost: 5_000 },
        subject: async () => {
          const began = performance.now();
          await getMargin(admin, marginQuery.parse({ by, currency: "usd" }));
          return performance.now() - began;
        },
      })),
      close: async () => {
        await db.close();
        await stage.close();
      },
    };
  },
};
