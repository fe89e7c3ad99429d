import type { Tx } from "#lib/db/client";
import type { Charge, Known, KnownPrice, KnownTransfer, Needs } from "#lib/ledger-rules/claim";
import { readSchedules } from "#lib/ledger-rules/keep-schedules";
import { readBilled } from "#lib/ledger-rules/read-billed";
import { readMoves } from "#lib/ledger-rules/read-posted";

/** Reads what rules need beside their objects, in one statement for each kind of it. */
export async function readKnown(tx: Tx, needs: readonly Needs[]): Promise<Known> {
  const charges = await readCharges(tx, all(needs, "charges"));
  // What came by a transfer is only told apart by what is behind the transfer.
  const behind = [...charges.values()].flatMap(({ source_transfer: id }) => {
    return typeof id === "string" ? [id] : [];
  });
  const transfers = await readTransfers(tx, [...all(needs, "transfers"), ...behind]);
  // Who paid what a transfer brought is said by the charge behind it.
  const sources = all(needs, "transfers").flatMap((id) => {
    const source = transfers.get(id)?.sourceTransaction;
    return source ? [{ account: "", id: source }] : [];
  });
  for (const [key, one] of await readCharges(tx, sources)) charges.set(key, one);
  const prices = await readPrices(tx, all(needs, "prices"));
  const invoices = all(needs, "invoices");
  const schedules = await readSchedules(tx, invoices);
  const paid = await readPaid(tx, invoices);
  // After the schedules, which are held: no day is earned of them meanwhile.
  const billed = await readBilled(tx, all(needs, "billed"));
  const posted = await readMoves(tx, all(needs, "posted"));
  return {
    isFresh: true,
    charge: (of, id) => charges.get(`${of} ${id}`),
    transfer: (id) => transfers.get(id ?? ""),
    price: (id) => prices.get(id ?? ""),
    schedules: (invoiceId) => schedules.filter((one) => one.invoiceId === invoiceId),
    billed: (invoiceId) => billed.get(invoiceId) ?? [],
    paidOf: (invoiceId) => paid.get(invoiceId) ?? 0n,
    moves: (book, reference) => posted.get(`${book} ${reference}`) ?? [],
  };
}

function all<Key extends keyof Needs>(needs: readonly Needs[], key: Key) {
  type One = NonNullable<Needs[Key]>[number];
  return needs.flatMap((one) => (one[key] ?? []) as readonly One[]);
}

async function readCharges(tx: Tx, keys: readonly { account: string; id: string }[]) {
  if (keys.length === 0) return new Map<string, Charge>();
  const rows = await tx.$queryRaw<{ account: string; object: Charge }[]>`
    select account, object from stripe_charges where (account, id) in (select * from unnest(
      ${keys.map((key) => key.account)}::text[], ${keys.map(({ id }) => id)}::text[]))`;
  return new Map(rows.map((row) => [`${row.account} ${row.object.id}`, row.object]));
}

async function readTransfers(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownTransfer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<({ id: string } & KnownTransfer)[]>`
    select id, source_transaction_id as "sourceTransaction" from stripe_transfers
    where account = '' and id = any(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function readPrices(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownPrice>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<({ id: string } & KnownPrice)[]>`
    select p.stripe_price_id as id, c.kind::text as kind, c.version_id as plan
    from prices p join components c on c.id = p.component_id
    where p.stripe_price_id = any(${[...new Set(ids)]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function readPaid(tx: Tx, invoices: readonly string[]): Promise<Map<string, bigint>> {
  if (invoices.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; paid: bigint }[]>`
    select invoice_id as id, sum((object ->> 'amount_paid')::bigint)::bigint as paid
    from stripe_invoice_payments
    where account = '' and invoice_id = any(${[...new Set(invoices)]}::text[])
      and object ->> 'status' = 'paid' group by 1`;
  return new Map(rows.map(({ id, paid }) => [id, paid]));
}
