import type { Tx } from "#lib/db/client";
import type { SaleCheckout } from "#lib/db/generated/client";
import type { Fact } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { type Currency, isCurrency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import type { FeeRules } from "#lib/selling/fee-policy";
import { type FeeAnswer, resolveFee } from "#lib/selling/resolve-fee";
import type { StripeObjects } from "#lib/stripe/object-types";
import { instantFrom } from "#lib/stripe/objects";

type Charge = StripeObjects["charge"];
type Whose = { tenantId: string; account: string };

/**
 * Keeps what a tenant took, or tried to, with the fee that is due of it and why; and has done what
 * is then still to do. It hangs on the charge's own fact, so it happens once.
 */
export async function keepSale(tx: Tx, { data, tenantId }: Fact): Promise<void> {
  const id = String(data.chargeId);
  if (tenantId === null) return;
  const row = await tx.stripeCharge.findFirst({ where: { id, tenantId } });
  const charge = row?.object as unknown as Charge | undefined;
  // What a transfer brings to an account was paid as a charge of the platform's.
  if (!row || !charge || charge.source_transfer || !isCurrency(charge.currency)) return;
  const { account } = row;
  const checkout = await checkoutOf(tx, tenantId, charge);
  const kind = account ? "direct" : charge.transfer_data ? "destination" : "separate";
  const isPaid = charge.status === "succeeded";
  const taken = BigInt(charge.application_fee_amount ?? 0);
  const fee = isPaid && checkout ? await feeOf(tx, charge, checkout) : null;
  const due = fee?.fee.minor ?? (isPaid ? taken : 0n);
  const isOpen = isPaid && checkout !== null && (kind === "separate" || taken > due);
  const ours = await tx.connectedAccount.findUnique({ where: { tenantId } });
  await tx.sale.createMany({
    data: {
      ...{ id, tenantId, account, accountId: ours?.accountId ?? account, kind },
      ...{ status: isPaid ? "succeeded" : "failed", currency: charge.currency },
      ...{ amountMinor: BigInt(isPaid ? charge.amount_captured : charge.amount) },
      ...{ paymentIntentId: row.paymentIntentId, ...wayOf(charge) },
      ...{ checkoutId: checkout?.id ?? null, linkId: checkout?.linkId ?? null },
      buyerId: await buyerOf(tx, { tenantId, account }, charge),
      ...{ takenMinor: kind === "separate" ? due : isPaid ? taken : 0n, dueMinor: due },
      ...{ feePolicyId: fee && checkout!.feePolicyId, why: fee ? whyOf(fee, checkout!) : {} },
      ...{ settling: isOpen ? "waiting" : "done", createdAt: instantFrom(charge.created) },
    },
    skipDuplicates: true,
  });
  if (checkout && isPaid) {
    await tx.saleCheckout.update({
      where: { id: checkout.id },
      data: { status: "paid", chargeId: id },
    });
  }
  if (isOpen) await enqueue(tx, "selling.settle-sale", { saleId: id }, { key: `settle:${id}` });
}

/** What is kept of an answer: its steps, and what it was asked with. */
export type KeptWhy = Pick<FeeAnswer, "rule" | "tier" | "steps" | "passed"> & {
  plan: string | null;
  volumeMinor: string;
};

function whyOf({ rule, tier, steps, passed }: FeeAnswer, checkout: SaleCheckout): KeptWhy {
  const { planKey: plan, volumeMinor } = checkout;
  return { rule, tier, steps, passed, plan, volumeMinor: String(volumeMinor) };
}

/** A checkout is known by the id it gave along, and only as its own tenant's. */
async function checkoutOf(tx: Tx, tenantId: string, { metadata }: Charge) {
  const id = metadata?.sale_checkout_id;
  return id ? tx.saleCheckout.findFirst({ where: { id, tenantId } }) : null;
}

async function feeOf(tx: Tx, charge: Charge, checkout: SaleCheckout): Promise<FeeAnswer> {
  const { feePolicyId, planKey, volumeMinor } = checkout;
  const policy =
    feePolicyId && (await tx.feePolicy.findUniqueOrThrow({ where: { id: feePolicyId } }));
  return resolveFee((policy ? policy.rules : []) as FeeRules, {
    amount: money(BigInt(charge.amount_captured), charge.currency as Currency),
    ...{ plan: planKey, volumeMinor, ...wayOf(charge) },
  });
}

function wayOf({ payment_method_details: details }: Charge) {
  return { method: details?.type ?? null, country: details?.card?.country ?? null };
}

async function buyerOf(tx: Tx, { tenantId }: Whose, charge: Charge): Promise<string | null> {
  const { billing_details: billing, receipt_email: receipt } = charge;
  const email = (billing.email ?? receipt)?.trim().toLowerCase();
  if (!email) return null;
  const at = instantFrom(charge.created);
  const id = newId("buyer", at);
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into buyers (id, tenant_id, email, name, first_at, last_at)
    values (${id}, ${tenantId}, ${email}, ${billing.name}, ${at}, ${at})
    on conflict (tenant_id, email) do update
      set name = coalesce(excluded.name, buyers.name),
        first_at = least(buyers.first_at, excluded.first_at),
        last_at = greatest(buyers.last_at, excluded.last_at)
    returning id`;
  return row!.id;
}
