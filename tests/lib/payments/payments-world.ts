import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

export type PaymentsWorld = World & {
  inbox: Inbox;
  admin: PlatformContext;
  settled(): Promise<void>;
};

/** A world with published plans, a worker at its inbox and somebody at the console. */
export async function openPaymentsWorld(): Promise<PaymentsWorld> {
  const world = await openWorld();
  await publishPlans(world);
  const inbox = world.startWorker();
  const admin = await newAdmin(world.system);
  return { ...world, inbox, admin, settled: () => world.settle(inbox) };
}

export type Payer = {
  owner: TenantContext;
  accountId: string;
  subscriptionId: string;
  /** The first invoice, paid by Visa 4242. */
  invoiceId: string;
};

/** A workspace on Pro with three seats: 85 dollars a month, the first one paid. */
export async function newPayer(world: PaymentsWorld): Promise<Payer> {
  const { owner } = await newOwner(world.system);
  const pro = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  const row = await view(world.system, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`, { card: "4242424242424242" });
  await world.settled();
  return view(owner, async (tx) => {
    const { stripeAccountId } = await tx.tenant.findUniqueOrThrow({
      where: { id: owner.tenantId },
    });
    const subscription = await tx.subscription.findFirstOrThrow();
    const invoice = await tx.invoice.findFirstOrThrow();
    return {
      owner,
      accountId: stripeAccountId!,
      subscriptionId: subscription.id,
      invoiceId: invoice.id,
    };
  });
}

/** An open invoice of 40 dollars, whose first try to be paid was declined. */
export async function failedInvoice(
  { stripe, settled }: PaymentsWorld,
  { accountId }: Payer,
  token = "pm_card_chargeCustomerFail",
): Promise<string> {
  const method = await stripe.paymentMethods.attach(token, { customer_account: accountId });
  const draft = await stripe.invoices.create({
    customer_account: accountId,
    auto_advance: false,
    default_payment_method: method.id,
    metadata: {},
  });
  await stripe.invoiceItems.create({
    customer_account: accountId,
    invoice: draft.id!,
    amount: 4000,
    currency: "usd",
    description: "Onboarding",
  });
  await stripe.invoices.finalizeInvoice(draft.id!, {});
  await stripe.invoices.pay(draft.id!, {}).catch(() => {});
  await settled();
  return draft.id!;
}

/** A method that is kept with the payer, beside what pays already. */
export async function keepMethod(
  { stripe }: PaymentsWorld,
  { accountId }: Payer,
  token: string,
): Promise<string> {
  const { id } = await stripe.paymentMethods.attach(token, { customer_account: accountId });
  return id;
}

let count = 0;
/** A key nobody used before. */
export function newKey(): string {
  count += 1;
  return `key-of-test-${count}`;
}
