import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { resyncObject } from "#lib/events/resync-object";
import { askForFeeding } from "#lib/ledger-rules/ask-for-feeding";
import { accountOf } from "#lib/reconciliation/check-open";
import { prefixOf } from "#lib/reconciliation/judge-clearing";
import type { StripeObjectType } from "#lib/stripe/object-types";

/** What type of object an id is of, by its beginning. */
const types: Readonly<Record<string, StripeObjectType>> = {
  txn: "balance_transaction",
  ch: "charge",
  py: "charge",
  re: "refund",
  pyr: "refund",
  du: "dispute",
  dp: "dispute",
  tr: "transfer",
  fee: "application_fee",
  po: "payout",
  tu: "topup",
  in: "invoice",
  cn: "credit_note",
};

/** The type of the object an id is of, where its beginning says so. */
export function objectTypeOf(id: string): StripeObjectType | undefined {
  return types[prefixOf(id)];
}

type About = { book: string; reference: string };

/**
 * Has Stripe asked again for what a break is about, and the account's balance transactions read
 * anew. What that brings takes the way of every event, and the next comparison sees it.
 */
export async function refetch(ctx: Context, { book, reference }: About): Promise<void> {
  const account = accountOf(book);
  const objectId = reference.split("/")[0] ?? "";
  const objectType = objectTypeOf(objectId);
  if (objectType) await resyncObject(ctx, { account, objectType, objectId });
  await transact(ctx, "reconciliation.refetch", (tx) => askForFeeding(tx, ctx, [account]));
}
