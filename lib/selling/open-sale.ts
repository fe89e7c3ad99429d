import { standingOf, type V2Account } from "#lib/connect/standing";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { PaymentLink, SaleCheckout } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { type Money, money } from "#lib/money/money";
import { planOf, volumeBefore } from "#lib/selling/fee-facts";
import type { FeeRules } from "#lib/selling/fee-policy";
import { whyNotSelling } from "#lib/selling/find-seller";
import type { PayInput } from "#lib/selling/input";
import { priceChosen, toLink } from "#lib/selling/link";
import { policyAt } from "#lib/selling/policy";
import { ceilingOf } from "#lib/selling/resolve-fee";
import { toStripeAmount } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";

/** How long a payer has. Stripe takes no less than half an hour. */
const openMs = 60 * 60_000;

/**
 * Opens Stripe's page for one payer at a link, with the fee as the policy has it now. Anybody may
 * who has the address. Refuses, in words for payers, where no payment is taken.
 */
export async function openSale(
  visitor: Context,
  { token, ...choice }: PayInput & { token: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<{ url: string }> {
  const ctx = asSystem(visitor);
  const link = await findOpenLink(ctx, token);
  const { unit, total } = priceChosen(toLink(link), choice);
  const { checkout, isMerchant } = await transact(ctx, "selling.open-sale", async (tx) => {
    await requireRoom(tx, link, ctx.now());
    return decide(tx, ctx, link, { total, quantity: choice.quantity });
  });
  const back = new URL(`/pay/${token}`, env().LOCKSTEP_URL).href;
  const { sessionId, url } = await gateway.createSaleSession({
    ...{ checkoutId: checkout.id, tenantId: link.tenantId, traceId: ctx.traceId },
    ...{ accountId: checkout.accountId, kind: link.kind, isMerchant },
    ...{ name: link.name, description: link.description, quantity: choice.quantity },
    ...{ unitAmount: toStripeAmount(unit), currency: link.currency },
    feeAmount: toStripeAmount(money(checkout.feeMinor, total.currency)),
    ...{ collectsAddress: link.collectsAddress, collectsPhone: link.collectsPhone },
    ...{ successUrl: `${back}/thanks?payment=${checkout.id}`, cancelUrl: back },
    expiresAt: checkout.expiresAt,
  });
  await transact(ctx, "selling.open-sale", (tx) =>
    tx.saleCheckout.update({ where: { id: checkout.id }, data: { stripeSessionId: sessionId } }),
  );
  return { url };
}

async function findOpenLink(ctx: Context, token: string): Promise<PaymentLink> {
  return view(ctx, async (tx) => {
    const link = await tx.paymentLink.findUnique({ where: { token } });
    if (!link) throw new Refusal("not_found", "There is no such payment link.");
    if (link.status !== "active") throw closed(link.status);
    const { tenantId } = link;
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (whyNotSelling(account) === null) return link;
    const message = "This business takes no payments right now. Nothing was charged.";
    throw new Refusal("conflict", message);
  });
}

function closed(status: PaymentLink["status"]): Refusal {
  if (status === "archived") return new Refusal("gone", "This payment link has ended.");
  const message = "This payment link is paused. Ask whoever sent it to you.";
  return new Refusal("conflict", message);
}

/** A link that may be paid so often counts those who are paying now: nothing is sold twice. */
async function requireRoom(tx: Tx, link: PaymentLink, now: Date): Promise<void> {
  const { id: linkId, mostPayments } = link;
  if (mostPayments === null) return;
  await tx.$queryRaw`select from payment_links where id = ${linkId} for update`;
  const paid = await tx.sale.count({ where: { linkId, status: "succeeded" } });
  if (paid >= mostPayments) throw new Refusal("gone", "Everything at this link has been sold.");
  const where = { linkId, status: "open" as const, expiresAt: { gt: now } };
  const open = await tx.saleCheckout.count({ where });
  if (paid + open < mostPayments) return;
  const message = "Somebody else is paying for the last one. Try again in a while.";
  throw new Refusal("conflict", message);
}

async function decide(
  tx: Tx,
  ctx: Context,
  { tenantId, id: linkId, kind }: PaymentLink,
  { total, quantity }: { total: Money; quantity: number },
): Promise<{ checkout: SaleCheckout; isMerchant: boolean }> {
  const createdAt = ctx.now();
  const { currency } = total;
  const { accountId } = await tx.connectedAccount.findUniqueOrThrow({ where: { tenantId } });
  const policy = await policyAt(tx, createdAt);
  const planKey = await planOf(tx, tenantId);
  const volumeMinor = await volumeBefore(tx, { tenantId, currency }, createdAt);
  const { fee } = ceilingOf((policy?.rules ?? []) as FeeRules, {
    ...{ amount: total, plan: planKey, method: undefined, country: undefined, volumeMinor },
  });
  const checkout = await tx.saleCheckout.create({
    data: {
      ...{ id: newId("saleCheckout", createdAt), tenantId, linkId, accountId, kind, currency },
      ...{ amountMinor: total.minor, quantity, status: "open", feeMinor: fee.minor },
      ...{ feePolicyId: policy?.id ?? null, planKey, volumeMinor, createdAt },
      expiresAt: new Date(createdAt.getTime() + openMs),
    },
  });
  const mirror = await tx.stripeV2Account.findUnique({
    where: { account_id: { account: "", id: accountId } },
    select: { object: true },
  });
  const standing = mirror && standingOf(mirror.object as unknown as V2Account);
  const isMerchant = standing?.capabilities.some(
    ({ name, status }) => name === "card_payments" && status === "active",
  );
  return { checkout, isMerchant: isMerchant ?? false };
}
