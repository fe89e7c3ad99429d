import { type About, type Account, account } from "#lib/ledger/entry";
import type { Charge, Known, Source } from "#lib/ledger-rules/claim";
import { idOf } from "#lib/stripe/objects";

export const clearing = (reference: string): Account => account("stripe:clearing", reference);

/** Whose balance it is where one is kept by tenant: ours by our id, a stranger by Stripe's. */
export function subjectOf(tenantId: string | null, ...ids: (string | null | undefined)[]): string {
  return tenantId ?? ids.find(Boolean) ?? "";
}

/** Who takes the money of a charge of the platform's, where it is passed on as it is taken. */
export function destinationOf({ transfer_data: data, on_behalf_of: _ }: Charge): string | null {
  return idOf(data?.destination ?? null);
}

/** An account debit is a payment of the platform's that nobody's card or bank made. */
export function isAccountDebit(charge: Charge): boolean {
  return (
    charge.customer === null && charge.payment_method_details === null && !charge.transfer_data
  );
}

/** What is had back of a dispute the platform paid earns nothing: the loss is so much less. */
export function lossIn(metadata: Readonly<Record<string, string>> | null): Account | null {
  return metadata?.loss_of ? account("expense:dispute_losses") : null;
}

/**
 * What stands against the clearing of a charge: whom it is owed to, whose debt it pays, or what it
 * earns. Null where that is not known yet. A customer that is no tenant's after all is
 * one of the platform's own sales.
 */
export function counterOf(
  { account: of, tenantId, object: charge }: Source<Charge>,
  known: Known,
): Account | null {
  if (of !== "") return earningOf(charge, known);
  const destination = destinationOf(charge);
  if (destination) return account("payable", subjectOf(tenantId, destination));
  if (isAccountDebit(charge)) return lossIn(charge.metadata) ?? account("revenue:other");
  if (charge.customer === null) return account("revenue:sales");
  if (tenantId) return account("receivable", tenantId);
  return known.isFresh ? null : account("revenue:sales");
}

/** What comes to an account by a transfer with no payment behind it is no sale of its own. */
function earningOf(charge: Charge, known: Known): Account | null {
  const transferId = idOf(charge.source_transfer);
  if (!transferId) return account("revenue:sales");
  const transfer = known.transfer(transferId);
  if (!transfer) return null;
  return account(transfer.sourceTransaction ? "revenue:sales" : "revenue:transfers");
}

/** From where a charge was paid, and how, where it says so: what a transfer brought does not. */
export function payerOf(charge: Charge | undefined): Pick<About, "country" | "method"> {
  const details = charge?.payment_method_details;
  const country = details?.card?.country ?? charge?.billing_details?.address?.country;
  if (!details || details.type === "stripe_account") return {};
  return { ...(country && { country }), method: details.type };
}

/** What a charge says of the payer, for figures by country and by method. */
export function aboutCharge({ tenantId, object: charge }: Source<Charge>): About {
  const customerId = idOf(charge.customer);
  return {
    ...(tenantId && { tenantId }),
    ...(customerId && { customerId }),
    paymentId: idOf(charge.payment_intent) ?? charge.id,
    ...payerOf(charge),
    objectId: charge.id,
  };
}
