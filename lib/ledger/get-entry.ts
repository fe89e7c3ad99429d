import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import {
  type EntryName,
  type PostedEntry,
  readEntries,
  readEntryNames,
} from "#lib/ledger/read-entries";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** An entry, and what it is joined to: what it corrects, what corrects it, what else is of it. */
export type EntryInFull = PostedEntry & {
  readonly correctedBy: readonly EntryName[];
  readonly correction: EntryName | null;
  readonly related: readonly EntryName[];
};

/** One entry with its moves, and the entries of the same object or payment in every book. */
export async function getEntry(ctx: PlatformContext, { id }: { id: string }): Promise<EntryInFull> {
  requirePlatform(ctx, "ledger:read");

  return view(ctx, (tx) => readEntryInFull(tx, id));
}

/** The same, of the books that whoever asks may see. */
export async function readEntryInFull(tx: Tx, id: string): Promise<EntryInFull> {
  const where = /^\d{1,18}$/.test(id) ? Prisma.sql`e.id = ${BigInt(id)}` : Prisma.sql`false`;
  const [entry] = await readEntries(tx, Prisma.sql`where ${where}`);
  if (!entry) throw new Refusal("not_found", "There is no such entry.");
  const { about } = entry;
  const named = await readEntryNames(
    tx,
    Prisma.sql`b.key = ${entry.book}
      and (e.corrects = ${entry.reference} or e.reference = ${entry.corrects ?? ""})`,
  );
  const related = await readEntryNames(
    tx,
    Prisma.sql`e.id <> ${entry.id}
      and (e.object_id = ${about.objectId} or e.payment_id = ${about.paymentId})`,
  );
  return {
    ...{ ...entry, related },
    correctedBy: named.filter(({ reference }) => reference !== entry.corrects),
    correction: named.find(({ reference }) => reference === entry.corrects) ?? null,
  };
}
