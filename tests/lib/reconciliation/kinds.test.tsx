import { readFileSync } from "node:fs";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BreakView } from "#components/reconciliation/break-view";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import {
  type BreakKind,
  type BreakStatus,
  breakKindNames,
  breakKinds,
} from "#lib/reconciliation/break";
import { carryOutResolution } from "#lib/reconciliation/carry-out-resolution";
import { type CauseCode, causes } from "#lib/reconciliation/causes";
import { type CheckName, checks } from "#lib/reconciliation/checks";
import { rowsOf } from "#lib/reconciliation/evidence";
import { type BreakDetail, getBreak } from "#lib/reconciliation/list-breaks";
import { decideResolution, resolveBreak } from "#lib/reconciliation/resolve-break";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { pay } from "#tests/lib/ledger-rules/ledger-scene";
import {
  foldAll,
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";
import { newAdmin } from "#tests/support/people";

const common = JSON.parse(readFileSync("lib/web/messages/en/common.json", "utf8"));

let scene: ReconciliationScene;
let finance: PlatformContext;
/** Of each kind an account of its own, and what was planted there. */
const planted = {} as Record<BreakKind, { account: string; reference: string }>;
/** What each was when it was found: all of it is older than any time it could be given. */
const atFirst = {} as Record<BreakKind, BreakStatus>;

const entryOf = "entry_id = (select id from ledger_entries where reference = $1)";
const copy = (payment: string) => `with copy as (insert into ledger_entries
    (book_id, reference, kind, effective_at, posted_at, payment_id, object_id)
    select book_id, $2, kind, effective_at, posted_at, ${payment}, object_id
    from ledger_entries where reference = $1 returning id)
  insert into ledger_moves select copy.id, position, from_account, to_account, from_subject,
    to_subject, minor, effective_at, plan from copy, ledger_moves where ${entryOf}`;
const inEuro = (side: string) => `${side} = (select twin.id from ledger_accounts own
  join ledger_accounts twin on twin.book_id = own.book_id and twin.code = own.code
    and twin.currency = 'eur' where own.id = ${side})`;

type Row = {
  check: CheckName;
  cause: CauseCode;
  /** What both sides say otherwise. */
  differs: string[];
  /** Stripe's less ours. */
  minor: bigint;
  /** Who says nothing of it. */
  silent: ("stripe" | "mirror" | "entry")[];
  /** Figures as the page says them. */
  shows: string[];
  /** Done to an account whose one charge, 100.00 less 3.20, is mirrored and posted. */
  plant(account: string, transaction: string): Promise<string>;
};

const table: Record<BreakKind, Row> = {
  missing_here: {
    ...{ check: "transaction.entry", cause: "not_posted", minor: 9_680n },
    ...{ differs: [], silent: ["entry"] },
    shows: ["net $96.80 $96.80 no entry"],
    plant: async (_account, transaction) => {
      await scene.plant(`delete from ledger_moves where ${entryOf}`, [`bt:${transaction}`]);
      const entry = "delete from ledger_entries where reference = $1";
      await scene.plant(entry, [`bt:${transaction}`]);
      return transaction;
    },
  },
  missing_there: {
    ...{ check: "entry.transaction", cause: "unknown_to_stripe", minor: -9_680n },
    ...{ differs: [], silent: ["mirror"] },
    shows: ["references – no mirror bt:txn_forged", "Difference −$96.80"],
    plant: async (_account, transaction) => {
      await scene.plant(copy("null"), [`bt:${transaction}`, "bt:txn_forged"]);
      return "txn_forged";
    },
  },
  amount: {
    ...{ check: "transaction.entry", cause: "entry_differs", minor: 500n },
    ...{ differs: ["net"], silent: [] },
    shows: ["net $96.80 $96.80 $91.80 ▲ differs", "Difference $5.00"],
    plant: async (_account, transaction) => {
      const less = `update ledger_moves set minor = minor - 500 where ${entryOf} and to_account in
        (select id from ledger_accounts where code = 'stripe:balance')`;
      await scene.plant(less, [`bt:${transaction}`]);
      return transaction;
    },
  },
  currency: {
    ...{ check: "transaction.entry", cause: "other_currency", minor: 9_680n },
    ...{ differs: ["currency"], silent: [] },
    shows: ["net $96.80 $96.80 €96.80", "usd usd eur ▲ differs"],
    plant: async (_account, transaction) => {
      const change = `update ledger_moves set ${inEuro("from_account")}, ${inEuro("to_account")}`;
      await scene.plant(`${change} where ${entryOf}`, [`bt:${transaction}`]);
      return transaction;
    },
  },
  duplicate: {
    ...{ check: "entry.transaction", cause: "posted_twice", minor: -9_680n },
    ...{ differs: [], silent: ["mirror"] },
    shows: ["references – no mirror bt:txn_again"],
    plant: async (_account, transaction) => {
      await scene.plant(copy("payment_id"), [`bt:${transaction}`, "bt:txn_again"]);
      return "txn_again";
    },
  },
  late: {
    ...{ check: "clearing", cause: "no_arrival", minor: -2_000n },
    ...{ differs: [], silent: ["stripe"] },
    shows: ["arrives not asked", "Rule on-its-way, version 1"],
    plant: async (account) => {
      const on = { stripeAccount: account };
      await pay(scene, account, { amount: 20_000 }, "pm_card_bypassPending");
      const { id } = await scene.stripe.payouts.create({ amount: 2_000, currency: "usd" }, on);
      await scene.feed([account]);
      // That it arrived is never told.
      await scene.act("webhook-faults", { kind: "drop" });
      await scene.pass(12 * 86_400);
      await scene.act("settle");
      await scene.act("webhook-faults", { kind: "off" });
      return id;
    },
  },
  unknown_kind: {
    ...{ check: "suspense", cause: "no_rule", minor: 10_000n },
    ...{ differs: [], silent: ["stripe"] },
    shows: ["type not asked something_new", "account not asked – suspense"],
    plant: async (account) => {
      const { latest_charge: charge } = await pay(scene, account, {});
      await scene.settle(scene.inbox);
      await feedAccount(scene.ctx, account, inventing(scene.gateway, String(charge)), effects);
      const [row] = await view(scene.ctx, (tx) =>
        tx.stripeBalanceTransaction.findMany({ where: { account, sourceId: String(charge) } }),
      );
      return row!.id;
    },
  },
  drift: {
    ...{ check: "balance", cause: "unexplained_total", minor: -700n },
    ...{ differs: ["total"], silent: [] },
    shows: ["▲ differs", "Difference −$7.00"],
    plant: async (account) => {
      const more = `update ledger_balances set minor = minor + 700 where subject = '' and account_id
        in (select a.id from ledger_accounts a join ledger_books b on b.id = a.book_id
          where a.code = 'stripe:balance' and a.currency = 'usd' and b.key = $1)`;
      await scene.plant(more, [account]);
      return "balance:usd";
    },
  },
};

/** Stripe, which calls what a charge brought something that no rule knows. */
function inventing(gateway: StripeGateway, charge: string): StripeGateway {
  return {
    ...gateway,
    listSettled: async (...asked) => {
      const { rows, ...page } = await gateway.listSettled(...asked);
      const renamed = rows.map((row) => {
        const { source } = row;
        const id = typeof source === "string" ? source : source?.id;
        return id === charge ? { ...row, type: "something_new" as typeof row.type } : row;
      });
      return { ...page, rows: renamed };
    },
  };
}

beforeAll(async () => {
  scene = await openReconciliation();
  finance = { ...(await newAdmin(scene.system, "finance")), now: scene.ctx.now };
  const sellers: string[] = [];
  for (const _kind of breakKindNames) {
    const { account } = await scene.newSeller("saas");
    sellers.push(account);
    // Nothing leaves but what is planted.
    await scene.gateway.setPayoutSchedule(account, { interval: "manual" });
    await pay(scene, account, { currency: "eur" });
    await pay(scene, account, {});
  }
  await scene.feed(["", ...sellers]);
  await foldAll(scene);
  for (const [place, kind] of breakKindNames.entries()) {
    const account = sellers[place]!;
    const own = await view(scene.ctx, (tx) =>
      tx.stripeBalanceTransaction.findFirstOrThrow({ where: { account, currency: "usd" } }),
    );
    planted[kind] = { account, reference: await table[kind].plant(account, own.id) };
  }
  await scene.runWhole();
  for (const kind of breakKindNames) atFirst[kind] = (await find(kind)).status;
  await scene.pass(11 * 60);
  // A total counts once it has stayed.
  await scene.runWhole();
  await scene.pass(11 * 60);
  await scene.runWhole();
}, 120_000);
afterAll(() => scene.close());

/** What was found of a kind where it was planted. */
async function find(kind: BreakKind): Promise<BreakDetail> {
  const { account: book, reference } = planted[kind];
  const { check } = table[kind];
  const row = await view(scene.ctx, (tx) =>
    tx.reconciliationBreak.findFirstOrThrow({ where: { book, check, reference } }),
  );
  return getBreak(finance, row.id);
}

test.each(breakKindNames)("%s is found as that, at its place, with both sides", async (kind) => {
  const { check, cause, minor, differs, silent } = table[kind];
  const found = await find(kind);
  expect(found).toMatchObject({ kind, check, cause, status: "open", says: causes[cause].says });
  expect(found.differenceMinor).toBe(minor);
  const sides = (["stripe", "mirror", "entry"] as const).filter((side) => !found.evidence[side]);
  expect(sides).toEqual(silent);
  const rows = rowsOf(found.evidence, found.currency);
  expect(rows.filter((row) => row.differs).map(({ name }) => name)).toEqual(differs);
});

test("what may still be on its way is expected at first, however old it is", () => {
  const waited = breakKindNames.filter((kind) => atFirst[kind] === "expected");
  expect(waited.sort()).toEqual(["drift", "late"]);
});

test("nothing else is found, and nothing in another's account or the platform's", async () => {
  const all = await view(scene.ctx, (tx) =>
    // The seals of a book that was changed past every wall are broken too.
    tx.reconciliationBreak.findMany({ where: { check: { not: "ledger" } } }),
  );
  const expected = breakKindNames.map((kind) => `${planted[kind].account} ${kind}`);
  expect(all.map(({ book, kind }) => `${book} ${kind}`).sort()).toEqual(expected.sort());
});

test.each(breakKindNames)(
  "the page of %s says it in words, and offers what mends it",
  async (kind) => {
    const found = await find(kind);
    const shown = textOf(<BreakView found={found} mayResolve />);
    const { check, cause } = table[kind];
    for (const words of [breakKinds[kind], checks[check].question, causes[cause].says]) {
      expect(shown).toContain(words);
    }
    for (const words of [found.whose, "Stripe Our mirror Our entries", ...table[kind].shows]) {
      expect(shown).toContain(words);
    }
    for (const act of ["Refetch", "Post", "Adjust", "Expect", "Write off"]) {
      expect(shown).toContain(act);
    }
    const looked = textOf(<BreakView found={found} mayResolve={false} />);
    expect(looked).toContain(breakKinds[kind]);
    expect(looked).not.toContain("Write off");
  },
);

test("giving up asks another person on the page, and stays there under both names", async () => {
  const other = { ...(await newAdmin(scene.system, "finance")), now: finance.now };
  const { id: breakId } = await find("drift");
  const input = { kind: "write_off", note: "Looked for it with the bank." } as const;
  const { id } = await resolveBreak(finance, { breakId, ...input });
  const seenBy = async (who: PlatformContext) =>
    textOf(<BreakView found={await getBreak(who, breakId)} mayResolve />);
  expect(await seenBy(finance)).toContain("Somebody else has to agree");
  expect(await seenBy(finance)).not.toContain("Agree");
  expect(await seenBy(other)).toMatch(/write off ◐ proposed .* Reject Agree/);
  expect(await seenBy(other), "one decision at a time").not.toContain("Refetch");

  await decideResolution(other, { id, decision: "approve" });
  await carryOutResolution(scene.ctx, { resolutionId: id }, scene.tools);
  const { status, resolutions } = await getBreak(finance, breakId);
  expect(status).toBe("gone");
  const { proposedBy, decidedBy } = resolutions[0]!;
  const names = `${proposedBy}, ${decidedBy}`;
  const said = await seenBy(finance);
  for (const words of [names, input.note, `resolution:${id}`]) expect(said).toContain(words);
  expect(said).not.toContain("Refetch");
});

/** What a reader reads of it. */
function textOf(page: React.ReactNode): string {
  const nowhere = () => {};
  const router = { back: nowhere, forward: nowhere, refresh: nowhere, push: nowhere };
  const rest = { replace: nowhere, prefetch: nowhere };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ common }} timeZone="UTC">
      <AppRouterContext value={{ ...router, ...rest } as never}>{page}</AppRouterContext>
    </NextIntlClientProvider>,
  );
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, " ");
}
