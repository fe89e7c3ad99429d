import type { ObjectOf } from "#sandbox/store/kinds";

type Dispute = ObjectOf<"dispute">;
type Evidence = NonNullable<Dispute["evidence"]["enhanced_evidence"]["visa_compelling_evidence_3"]>;
type Eligibility = NonNullable<
  Dispute["evidence_details"]["enhanced_eligibility"]["visa_compelling_evidence_3"]
>;
type Transaction = Omit<Evidence["prior_undisputed_transactions"][number], "charge">;

/** What is missing before Visa takes two earlier payments as proof that this one is its holder's
 *  too: https://docs.stripe.com/disputes/api/visa-ce3 */
export function requiredActions(evidence: Evidence): Eligibility["required_actions"] {
  const { disputed_transaction: disputed, prior_undisputed_transactions: prior } = evidence;
  const missing: Record<string, boolean> = {
    missing_customer_identifiers: disputed === null || !isLinked([disputed, ...prior]),
    missing_disputed_transaction_description: !disputed?.product_description,
    missing_merchandise_or_services: !disputed?.merchandise_or_services,
    missing_prior_undisputed_transaction_description: prior.some(
      ({ product_description: described }) => !described,
    ),
    missing_prior_undisputed_transactions: prior.length < 2,
  };
  return Object.keys(missing).filter((action) => missing[action]);
}

// Two main elements are the same in all, or a main one and another. An IP address is one main
// element, a device the other, however it is told.
function isLinked(all: Transaction[]): boolean {
  if (all.length < 3) return false;
  const isSame = (read: (of: Transaction) => string | null | undefined) => {
    const [first, ...others] = all.map(read);
    return Boolean(first) && others.every((other) => other === first);
  };
  const device = isSame(fingerprintOf) || isSame(deviceOf);
  const main = Number(isSame(({ customer_purchase_ip: ip }) => ip)) + Number(device);
  const isOtherSame =
    isSame(({ customer_email_address: email }) => email) ||
    isSame(({ customer_account_id: account }) => account) ||
    isSame(addressOf);
  return main === 2 || (main === 1 && isOtherSame);
}

const longEnough = (text: string | null, least: number) =>
  text !== null && text.length >= least ? text : null;
const fingerprintOf = (of: Transaction) => longEnough(of.customer_device_fingerprint, 20);
const deviceOf = (of: Transaction) => longEnough(of.customer_device_id, 15);

function addressOf({ shipping_address: address }: Transaction): string | null {
  if (!address?.line1) return null;
  const { city, country, line1, line2, postal_code, state } = address;
  return JSON.stringify([city, country, line1, line2, postal_code, state]);
}
