import type pg from "pg";
import { newId } from "#lib/ids";
import { account, type Entry } from "#lib/ledger/entry";
import { rowsOf } from "#lib/ledger/post-entries";

/** How an entry is written that two accounts of so many take part in. */
export type Write = (client: pg.PoolClient, entries: readonly Entry[]) => Promise<unknown>;

/** Entries of two moves each: a tenant's payment to another, and the fee of it. */
export function madeEntries(count: number, accounts: number): Entry[] {
  const pick = () => `ten_${Math.floor((Math.random() * accounts) / 2)}`;
  return Array.from({ length: count }, () => {
    const [giver, taker, reference] = [pick(), pick(), newId("trace")];
    const payable = account("payable", giver);
    return {
      ...{ book: "platform", reference, kind: "charge.succeeded", effectiveAt: new Date() },
      about: { tenantId: giver, objectId: reference },
      moves: [
        { from: payable, to: account("receivable", taker), minor: 1_200n, currency: "usd" },
        {
          ...{ from: account("revenue:application_fees"), to: payable },
          ...{ minor: 20n, currency: "usd" },
        },
      ],
    };
  });
}

/** As the product posts them: checked, once, and queued for the balances. */
export const post: Write = (client, entries) => {
  const { books, whose, effective, holders, codes, monies, parted, heads, moves } = rowsOf(entries);
  return client.query({
    name: "post",
    text: "select app.post_entries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    values: [
      ...[books, whose, effective, holders, codes],
      monies,
      parted,
      heads,
      moves,
      new Date(),
    ],
  });
};

/** The same rows into tables that check nothing and know only their primary keys. */
export const insertBare: Write = (client, entries) => {
  const moves = entries.flatMap((entry) =>
    entry.moves.map((move, position) => ({ ...move, position, reference: entry.reference })),
  );
  const column = <T>(of: (entry: Entry) => T) => entries.map(of);
  return client.query({
    name: "bare",
    text: bare,
    values: [
      ...[column((e) => e.reference), column((e) => e.kind), column((e) => e.effectiveAt)],
      ...[
        column(() => new Date()),
        column((e) => e.about.tenantId),
        column((e) => e.about.objectId),
      ],
      ...[moves.map((m) => m.reference), moves.map((m) => m.position)],
      ...[moves.map((m) => m.from.subject), moves.map((m) => m.to.subject)],
      moves.map((m) => m.minor.toString()),
    ],
  });
};

const bare = `with entry as (
    insert into bare_entries (book_id, reference, kind, effective_at, posted_at, about_tenant_id,
      object_id)
    select 1, * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[],
      $5::text[], $6::text[])
    returning id, reference, effective_at
  )
  insert into bare_moves (entry_id, position, from_account, to_account, from_subject, to_subject,
    minor, effective_at)
  select entry.id, place, 1, 2, giver, taker, amount, entry.effective_at
  from unnest($7::text[], $8::smallint[], $9::text[], $10::text[], $11::bigint[])
    as m (reference, place, giver, taker, amount) join entry using (reference)`;

/** What the bare rows go into. */
export const bareTables = `
  create table bare_entries (like ledger_entries including defaults, primary key (id));
  create table bare_moves (like ledger_moves including defaults,
    primary key (entry_id, position));`;

/** The same money through pgledger, whose accounts are named by what `ids` says. */
export function throughPgledger(ids: ReadonlyMap<string, string>): Write {
  return (client, entries) => {
    const moves = entries.flatMap((entry) => entry.moves);
    const idOf = ({ code, subject }: { code: string; subject: string }) => ids.get(code + subject)!;
    return client.query({
      name: "pgledger",
      text: `select count(*) from pgledger_create_transfers((
        select array_agg(row(giver, taker, amount)::transfer_request)
        from unnest($1::text[], $2::text[], $3::numeric[]) as m (giver, taker, amount)))`,
      values: [
        ...[moves.map((m) => idOf(m.from)), moves.map((m) => idOf(m.to))],
        moves.map((m) => m.minor.toString()),
      ],
    });
  };
}
