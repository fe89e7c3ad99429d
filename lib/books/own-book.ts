import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { type Book, findBook } from "#lib/ledger/list-books";

/** The book of the account a tenant has now. Refuses where no money has moved in it yet. */
export async function findOwnBook(tx: Tx, { tenantId }: { tenantId: string }): Promise<Book> {
  const account = await tx.connectedAccount.findUnique({
    where: { tenantId },
    select: { accountId: true },
  });
  const own = await tx.ledgerBook.findFirst({
    where: { tenantId, ...(account && { key: account.accountId }) },
    orderBy: { id: "desc" },
  });
  if (own) return findBook(tx, own.key);
  const message = "Your book opens with the first money that moves in your account.";
  throw new Refusal("not_found", message);
}
