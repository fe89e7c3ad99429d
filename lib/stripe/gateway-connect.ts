import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** How an account is set up to take money. */
export type AccountSetup = {
  dashboard: "full" | "express" | "none";
  feesCollector: "stripe" | "application";
  lossesCollector: "stripe" | "application";
  configurations: readonly ("merchant" | "recipient")[];
};
/** When an account is paid out, in Stripe's words. */
export type PayoutSchedule = Stripe.BalanceSettings.Payments.Payouts.Schedule;

/** What the browser may do with an account, by Stripe's names of components and features. */
export type SessionComponents = Record<
  string,
  { enabled: boolean; features?: Record<string, boolean> }
>;

export function connectCalls(stripe: StripeClient) {
  return {
    /** Sets a tenant's account up to take money. Saying it again changes nothing. */
    setUpAccount(accountId: string, name: string, setup: AccountSetup) {
      return ask(async () => {
        await stripe.v2.core.accounts.update(accountId, {
          dashboard: setup.dashboard,
          configuration: configurationOf(setup),
          defaults: {
            profile: { doing_business_as: name },
            responsibilities: {
              fees_collector: setup.feesCollector,
              losses_collector: setup.lossesCollector,
            },
          },
        });
      });
    },

    /** Where the platform's own account is (ISO 3166). */
    getPlatformCountry(): Promise<string> {
      return ask(async () => (await stripe.accounts.retrieveCurrent()).country ?? "");
    },

    /**
     * Asks for capabilities, or asks for them no more: an account can do then what it could not, or
     * cannot what it could. Stripe has no other way to stop payments of these accounts.
     * https://docs.stripe.com/connect/pausing-payments-or-payouts-on-connected-accounts
     */
    requestCapabilities(accountId: string, names: readonly string[], requested: boolean) {
      return ask(async () => {
        await stripe.v2.core.accounts.update(accountId, { configuration: asked(names, requested) });
      });
    },

    /** When an account is paid out. */
    getPayoutSchedule(accountId: string): Promise<PayoutSchedule | null> {
      return ask(async () => {
        const of = { stripeAccount: accountId };
        const { payments } = await stripe.balanceSettings.retrieve({}, of);
        return payments.payouts?.schedule ?? null;
      });
    },

    setPayoutSchedule(accountId: string, schedule: PayoutSchedule) {
      return ask(async () => {
        await stripe.balanceSettings.update(
          { payments: { payouts: { schedule: schedule as PayoutScheduleParams } } },
          { stripeAccount: accountId },
        );
      });
    },

    /** What lets a browser show Stripe's components for an account, once and soon. */
    createAccountSession(accountId: string, components: SessionComponents) {
      return ask(async () => {
        const session = await stripe.accountSessions.create({
          account: accountId,
          components: components as Stripe.AccountSessionCreateParams.Components,
        });
        return { clientSecret: session.client_secret };
      });
    },

    /** A page of Stripe's that asks for what is missing; it opens once, within minutes. */
    createOnboardingLink(link: { accountId: string; returnUrl: string; refreshUrl: string }) {
      return ask(async () => {
        const { url } = await stripe.v2.core.accountLinks.create({
          account: link.accountId,
          use_case: {
            type: "account_onboarding",
            account_onboarding: {
              refresh_url: link.refreshUrl,
              return_url: link.returnUrl,
            },
          },
        });
        return { url };
      });
    },
  };
}

type PayoutScheduleParams = Stripe.BalanceSettingsUpdateParams.Payments.Payouts.Schedule;

/** Capabilities below a balance are the recipient's; a merchant's have no path. */
function asked(names: readonly string[], requested: boolean) {
  const isBelow = (name: string) => name.startsWith("stripe_balance.");
  const merchant = names.filter((name) => !isBelow(name)).map((name) => [name, { requested }]);
  const recipient = names.filter(isBelow).map((name) => [name.split(".")[1], { requested }]);
  return {
    ...(merchant.length > 0 && { merchant: { capabilities: Object.fromEntries(merchant) } }),
    ...(recipient.length > 0 && {
      recipient: { capabilities: { stripe_balance: Object.fromEntries(recipient) } },
    }),
  };
}

/** A merchant is paid by cards; to a recipient the platform can pass money on. */
function configurationOf({ configurations }: AccountSetup) {
  const requested = { requested: true };
  const has = (name: AccountSetup["configurations"][number]) => configurations.includes(name);
  return {
    ...(has("merchant") && { merchant: { capabilities: { card_payments: requested } } }),
    ...(has("recipient") && {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: requested } } },
    }),
  };
}
