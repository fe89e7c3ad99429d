import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { BookKey } from "#lib/ledger/entry";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** A set of accounts that balances by itself. */
export type Book = {
  readonly id: number;
  readonly key: BookKey;
  readonly tenant: { readonly id: string; readonly name: string } | null;
  readonly openedAt: Date;
  /** Nothing may be posted that was effective before this instant. */
  readonly closedBefore: Date | null;
};

/** Every book: the platform's first, then the accounts' by their tenants' names. */
export async function listBooks(ctx: PlatformContext): Promise<Book[]> {
  requirePlatform(ctx, "ledger:read");

  return view(ctx, async (tx) => {
    const books = await readBooks(tx);
    return books.toSorted(
      (left, right) =>
        Number(left.tenant !== null) - Number(right.tenant !== null) ||
        nameOf(left).localeCompare(nameOf(right)),
    );
  });
}

/** One book by its key. Refuses one that nobody has posted to. */
export async function findBook(tx: Tx, key: BookKey): Promise<Book> {
  const [book] = await readBooks(tx, key);
  if (!book) throw new Refusal("not_found", "There is no such book: nothing was posted to it yet.");
  return book;
}

/** What a person calls it. */
export function nameOf({ key, tenant }: Pick<Book, "key" | "tenant">): string {
  return tenant ? tenant.name : key === "platform" ? "The platform" : key;
}

async function readBooks(tx: Tx, key?: BookKey): Promise<Book[]> {
  const books = await tx.ledgerBook.findMany({
    where: key === undefined ? {} : { key },
    orderBy: { id: "asc" },
  });
  const tenants = await tx.tenant.findMany({
    where: { id: { in: books.flatMap(({ tenantId }) => tenantId ?? []) } },
    select: { id: true, name: true },
  });
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  return books.map(({ tenantId, ...book }) => ({
    ...book,
    tenant: tenantId ? (byId.get(tenantId) ?? { id: tenantId, name: tenantId }) : null,
  }));
}
