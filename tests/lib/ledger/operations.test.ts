import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { type AccountCode, accountCodes, chart } from "#lib/ledger/chart";
import { closeBook, reopenBook } from "#lib/ledger/close-book";
import { account, type Entry, type Move } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { verifyLedger } from "#lib/ledger/verify-ledger";
import type { PlatformContext } from "#lib/tenancy/context";
import { createRandom, type Random } from "#scripts/chaos/random";
import { balancesOf, entry, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

// `npm run histories -- --operations 100000` does as many; LEDGER_SEED repeats them.
const operations = Number(process.env.LEDGER_OPERATIONS ?? 400);
const seed = Number(process.env.LEDGER_SEED ?? Date.now() % 1e9);
const writers = 4;

let database: TestDatabase;
let ctx: Context;
let admin: PlatformContext;

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  admin = await newAdmin(ctx, "finance");
});
afterAll(() => database.close());

/** A book as it must be: what was posted, what each account holds, and where it is closed. */
type Model = {
  readonly book: string;
  readonly posted: Map<string, Entry>;
  readonly held: Map<string, bigint>;
  closedMonths: number;
  drawn: number;
};
type Stage = { model: Model; random: Random };
type Operation = { weight: number; run(stage: Stage): Promise<unknown> };

const monthOf = (month: number) => new Date(Date.UTC(2024, month, 1));
const nameOf = (month: number) => monthOf(month).toISOString().slice(0, 7);
const months = 18;
const most = 2n ** 63n - 1n;

const operationsByName: Readonly<Record<string, Operation>> = {
  "entries are posted": {
    weight: 50,
    run: async (stage) => {
      const entries = Array.from({ length: stage.random.int(1, 4) }, () => newEntry(stage));
      expect(await post(ctx, ...entries)).toEqual(entries.map(({ reference }) => reference));
      for (const one of entries) keep(stage.model, one);
    },
  },
  "what is posted is posted again": {
    weight: 8,
    run: async (stage) => {
      const known = knownOf(stage);
      if (!known) return;
      const again = { ...known, moves: stage.random.shuffle(known.moves) };
      const fresh = newEntry(stage);
      expect(await post(ctx, again, fresh)).toEqual([fresh.reference]);
      keep(stage.model, fresh);
    },
  },
  "a reference is posted with other moves": {
    weight: 8,
    run: async (stage) => {
      const known = knownOf(stage);
      if (!known) return;
      const [first, ...rest] = known.moves;
      const minor = first!.minor === most ? 1n : first!.minor + 1n;
      await refused(stage, { ...known, moves: [{ ...first!, minor }, ...rest] }, "conflict");
    },
  },
  "what is no entry is posted": {
    weight: 16,
    run: async (stage) => {
      const good = newEntry(stage);
      await refused(stage, { ...good, moves: stage.random.pick(wrongs)([...good.moves]) });
    },
  },
  "what was in a closed month is posted": {
    weight: 6,
    run: async (stage) => {
      const { model, random } = stage;
      if (model.closedMonths === 0) return;
      const effectiveAt = new Date(monthOf(random.int(1, model.closedMonths)).getTime() - 1);
      await refused(stage, { ...newEntry(stage), effectiveAt }, "conflict");
    },
  },
  "the next month is closed": {
    weight: 2,
    run: async ({ model }) => {
      if (model.closedMonths > months - 6) return;
      const through = nameOf(model.closedMonths);
      await closeBook(admin, { book: model.book, through, reason: "It is over" });
      model.closedMonths += 1;
    },
  },
  "months are opened again": {
    weight: 1,
    run: async ({ model, random }) => {
      if (model.closedMonths === 0) return;
      const from = random.int(0, model.closedMonths - 1);
      await reopenBook(admin, { book: model.book, from: nameOf(from), reason: "A late fee" });
      model.closedMonths = from;
    },
  },
  "what waits is folded": { weight: 3, run: () => foldLedger(ctx) },
  "the book is read": { weight: 6, run: agree },
};

/** Moves that are none, each by one thing that is wrong with it. */
const wrongs: readonly ((moves: Move[]) => Move[])[] = [
  () => [],
  ([first, ...rest]) => [{ ...first!, minor: 0n }, ...rest],
  ([first, ...rest]) => [...rest, { ...first!, minor: -first!.minor }],
  ([first, ...rest]) => [...rest, { ...first!, minor: most + 1n }],
  ([first, ...rest]) => [{ ...first!, to: first!.from }, ...rest],
  ([first, ...rest]) => [...rest, { ...first!, from: account("none" as AccountCode, "") }],
  ([first, ...rest]) => [{ ...first!, to: account("receivable", "") }, ...rest],
  ([first, ...rest]) => [{ ...first!, to: account("tax", "ten_1") }, ...rest],
  ([first, ...rest]) => [...rest, { ...first!, currency: "dollars" as never }],
];

/** Refused, and so is all it comes with. What it left would be found when the book is read. */
async function refused(stage: Stage, bad: Entry, code?: string): Promise<void> {
  const batch = stage.random.shuffle([newEntry(stage), bad]);
  const refusal = { name: "Refusal", ...(code && { code }) };
  await expect(post(ctx, ...batch)).rejects.toMatchObject(refusal);
}

async function agree({ model }: Stage): Promise<void> {
  const held = Object.fromEntries([...model.held].filter(([, minor]) => minor !== 0n));
  expect(await balancesOf(ctx, { book: model.book })).toEqual(held);
}

function newEntry({ model, random }: Stage): Entry {
  model.drawn += 1;
  const moves = Array.from({ length: random.int(1, 4) }, () => newMove(random));
  const open = monthOf(model.closedMonths).getTime();
  const effectiveAt = new Date(open + Math.floor(random.next() * 150 * 86_400_000));
  return entry(`op:${model.drawn}`, moves, { book: model.book, effectiveAt });
}

function newMove(random: Random): Move {
  const place = () => {
    const code = random.pick(accountCodes);
    return account(code, chart[code].keptBy ? random.pick(["a", "b", "c"]) : "");
  };
  const from = place();
  let to = place();
  while (to.code === from.code && to.subject === from.subject) to = place();
  const minor = random.chance(0.05) ? most : BigInt(random.int(1, 2 ** 40));
  return { from, to, minor, currency: random.pick(["usd", "jpy", "kwd"]) };
}

function knownOf({ model, random }: Stage): Entry | undefined {
  const open = monthOf(model.closedMonths);
  const known = random.pick([...model.posted.values()].slice(-50));
  return known && known.effectiveAt >= open ? known : undefined;
}

function keep({ posted, held }: Model, one: Entry): void {
  posted.set(one.reference, one);
  for (const { from, to, minor, currency } of one.moves) {
    for (const [{ code, subject }, adds] of [
      [to, minor],
      [from, -minor],
    ] as const) {
      const name = [code, subject, currency].filter(Boolean).join(" ");
      held.set(name, (held.get(name) ?? 0n) + adds);
    }
  }
}

async function newBook(): Promise<string> {
  const { owner } = await newOwner(ctx);
  const accountId = unique("acct");
  const own = { accountId, tenantId: owner.tenantId, profile: "saas", since: new Date() };
  await transact(ctx, "test.plant", (tx) =>
    tx.connectedAccount.create({ data: { ...own, status: "active" } }),
  );
  return accountId;
}

/** Each as often as it weighs: dealt out in turn, so that none is left out. */
const names = Object.entries(operationsByName).flatMap(([name, { weight }]) =>
  Array.from({ length: weight }, () => name),
);

test(`${operations} operations on ${writers} books at once leave each as a model of it (seed ${seed})`, async () => {
  const done = new Set<string>();
  const write = async (place: number) => {
    const random = createRandom(seed, place);
    const [posted, held] = [new Map<string, Entry>(), new Map<string, bigint>()];
    const model: Model = { book: await newBook(), posted, held, closedMonths: 0, drawn: 0 };
    const stage = { model, random };
    await operationsByName["entries are posted"]!.run(stage);
    let deck: string[] = [];
    for (let count = 0; count < operations / writers; count += 1) {
      if (deck.length === 0) deck = random.shuffle(names);
      const name = deck.pop()!;
      await operationsByName[name]!.run(stage);
      done.add(name);
    }
    await agree(stage);
    return stage;
  };
  const stages = await Promise.all(Array.from({ length: writers }, (_, place) => write(place)));
  await foldLedger(ctx);
  for (const stage of stages) {
    await agree(stage);
    expect(await verifyLedger(ctx, { book: stage.model.book })).toEqual([]);
  }
  expect([...done].sort()).toEqual(Object.keys(operationsByName).sort());
}, 3_600_000);
