import { afterAll, beforeAll, expect, test } from "vitest";
import type { Balance } from "#lib/ledger/read-balances";
import { createRandom } from "#scripts/chaos/random";
import { atStripe } from "#tests/lib/ledger-rules/ledger-scene";
import { actOnce, type Stage } from "#tests/lib/ledger-rules/money-acts";
import {
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";

// More of them: LEDGER_HISTORIES=20 LEDGER_STEPS=60; LEDGER_SEED repeats one that failed.
const histories = Number(process.env.LEDGER_HISTORIES ?? 1);
const steps = Number(process.env.LEDGER_STEPS ?? 14);
const firstSeed = Number(process.env.LEDGER_SEED ?? Date.now() % 100_000);
const seeds = Array.from({ length: histories }, (_, place) => firstSeed + place);

let scene: ReconciliationScene;

beforeAll(async () => {
  scene = await openReconciliation();
}, 60_000);
afterAll(() => scene.close());

const books = ({ full, direct }: Stage) =>
  [
    ["platform", ""],
    [full, full],
    [direct, direct],
  ] as const;

function sumOf(balances: readonly Balance[], code?: string): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { account, currency, minor } of balances) {
    if (code && account.code !== code) continue;
    sums[currency] = (sums[currency] ?? 0n) + minor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

test.each(seeds)(
  "every history keeps both books equal to Stripe (seed %i)",
  async (seed) => {
    await scene.act("settings", { settlement: "" });
    const random = createRandom(seed);
    const { account: full } = await scene.newSeller("white_label");
    const { account: direct } = await scene.newSeller("saas");
    const stage = { scene, random, full, direct };
    const done: string[] = [];
    const agree = async () => {
      await scene.feed(["", full, direct]);
      for (const [book, account] of books(stage)) {
        const balances = await scene.balances(book);
        const told = `${book} of seed ${seed} after:\n${done.join("\n")}`;
        expect(sumOf(balances), `debits and credits of ${told}`).toEqual({});
        const held = Object.fromEntries(await atStripe(scene, account));
        expect(sumOf(balances, "stripe:balance"), `the balance of ${told}`).toEqual(held);
      }
    };
    for (let step = 0; step < steps; step += 1) {
      done.push(await actOnce(stage));
      await agree();
    }
    await scene.pass(12 * 86_400);
    done.push("twelve days pass");
    await agree();
    for (const [book] of books(stage)) {
      const open = (await scene.balances(book)).filter(({ account: { code } }) => {
        return code === "stripe:clearing" || code === "suspense";
      });
      expect(open, `what is open of ${book} of seed ${seed} after:\n${done.join("\n")}`).toEqual(
        [],
      );
    }
    await scene.runWhole();
    for (const [book] of books(stage)) {
      const told = `breaks of ${book} of seed ${seed} after:\n${done.join("\n")}`;
      expect(await scene.breaks(book), told).toEqual([]);
    }
  },
  300_000,
);
