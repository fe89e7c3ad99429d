import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { type ActKey, keyOfAct } from "#lib/stripe/gateway-invoices";
import { idOf } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

// An account with the customer configuration is read and written as a customer by its own id:
// https://docs.stripe.com/connect/use-accounts-as-customers

export type StripeCustomer = Stripe.Customer;
export type StripePaymentMethod = Stripe.PaymentMethod;
export type StripeTaxId = Stripe.TaxId;
export type StripeBalanceMove = Stripe.CustomerBalanceTransaction;
export type TaxExemption = "none" | "exempt" | "reverse";

export type CustomerChanges = {
  name?: string;
  email?: string;
  phone?: string;
  address?: Stripe.AddressParam;
  locales?: string[];
  /** Printed on every invoice; empty takes it off. */
  reference?: string;
};

/** The name our field for a purchase order has on invoices. */
export const referenceName = "PO number";

export function customerCalls(stripe: StripeClient) {
  return {
    /** Null where Stripe has the customer no more. */
    findCustomer(accountId: string): Promise<StripeCustomer | null> {
      return askForOne(async () => {
        const customer = await stripe.customers.retrieve(accountId);
        return customer.deleted ? null : customer;
      }).then((found) => found ?? null);
    },

    updateCustomer(accountId: string, changes: CustomerChanges) {
      return ask(() => stripe.customers.update(accountId, customerParams(changes)));
    },

    setTaxExemption(set: ActKey & { accountId: string; exemption: TaxExemption }) {
      return ask(async () => {
        const key = { idempotencyKey: keyOfAct(set) };
        await stripe.customers.update(set.accountId, { tax_exempt: set.exemption }, key);
      });
    },

    listPaymentMethods(accountId: string): Promise<StripePaymentMethod[]> {
      return ask(async () => {
        const { data } = await stripe.customers.listPaymentMethods(accountId, { limit: 100 });
        return data;
      });
    },

    /** What the browser keeps a payment method with. The method itself never passes by us. */
    createSetupIntent({ accountId, tenantId }: { accountId: string; tenantId: string }) {
      return ask(async () => {
        const intent = await stripe.setupIntents.create({
          customer_account: accountId,
          usage: "off_session",
          automatic_payment_methods: { enabled: true },
          metadata: { tenant_id: tenantId },
        });
        return { clientSecret: intent.client_secret! };
      });
    },

    /** What is charged where a subscription names no method of its own. */
    setDefaultMethod({ accountId, methodId }: { accountId: string; methodId: string }) {
      return ask(async () => {
        const settings = { invoice_settings: { default_payment_method: methodId } };
        await stripe.customers.update(accountId, settings);
      });
    },

    /** A subscription's own method goes before its customer's. */
    setSubscriptionMethod(set: { subscriptionId: string; methodId: string }) {
      return ask(async () => {
        const { subscriptionId, methodId } = set;
        await stripe.subscriptions.update(subscriptionId, { default_payment_method: methodId });
      });
    },

    /** The method a subscription is charged to by its own word, and how it stands to Stripe Tax. */
    findSubscriptionTerms(subscriptionId: string) {
      return askForOne(async () => {
        const found = await stripe.subscriptions.retrieve(subscriptionId);
        return {
          methodId: idOf(found.default_payment_method),
          scheduleId: idOf(found.schedule),
          isTaxAutomatic: found.automatic_tax.enabled,
          /** It was taxed until Stripe could not tell where its customer is. */
          lostTax: found.automatic_tax.disabled_reason !== null,
        };
      });
    },

    detachMethod(methodId: string) {
      return ask(async () => void (await stripe.paymentMethods.detach(methodId)));
    },

    listTaxIds(accountId: string): Promise<StripeTaxId[]> {
      return ask(async () => (await stripe.customers.listTaxIds(accountId, { limit: 100 })).data);
    },
    createTaxId(accountId: string, taxId: { type: string; value: string }) {
      const type = taxId.type as Stripe.CustomerCreateTaxIdParams.Type;
      return ask(() => stripe.customers.createTaxId(accountId, { type, value: taxId.value }));
    },
    deleteTaxId(accountId: string, taxIdId: string) {
      return askForOne(() => stripe.customers.deleteTaxId(accountId, taxIdId));
    },

    /** Newest first, and after which one the list goes on. */
    listBalanceMoves(accountId: string, after?: string) {
      return ask(async () => {
        const page = { limit: 25, ...(after && { starting_after: after }) };
        const { data, has_more } = await stripe.customers.listBalanceTransactions(accountId, page);
        return { moves: data, next: has_more ? (data.at(-1)?.id ?? null) : null };
      });
    },

    /** Negative: we owe them that much more. */
    moveBalance(
      move: ActKey & { accountId: string; amount: number; currency: string; description: string },
    ) {
      const { actId, round, accountId, ...params } = move;
      return ask(async () => {
        const made = await stripe.customers.createBalanceTransaction(
          ...([accountId, { ...params, metadata: { act_id: actId } }] as const),
          { idempotencyKey: keyOfAct({ actId, round }) },
        );
        return { moveId: made.id };
      });
    },
    findBalanceMoveOf({ actId, accountId }: { actId: string; accountId: string }) {
      return ask(async () => {
        const list = stripe.customers.listBalanceTransactions(accountId, { limit: 100 });
        for await (const move of list) if (move.metadata?.act_id === actId) return move.id;
        return null;
      });
    },
  };
}

function customerParams({ locales, reference, ...plain }: CustomerChanges) {
  return {
    ...plain,
    ...(locales && { preferred_locales: locales }),
    ...(reference !== undefined && {
      invoice_settings: {
        custom_fields: reference ? [{ name: referenceName, value: reference }] : "",
      } as Stripe.CustomerUpdateParams.InvoiceSettings,
    }),
  };
}
