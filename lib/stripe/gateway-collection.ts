import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** How far Stripe Tax is set up at Stripe, by Stripe's own word. */
export type TaxSetup = {
  isReady: boolean;
  missing: string[];
  /** Where the platform sits (ISO 3166). */
  country: string | null;
  /** Whether a price that does not say it has its tax in it. */
  behaviour: string | null;
};
export type TaxRegistration = {
  id: string;
  country: string;
  /** A state or province, where it is of one alone. */
  state: string | null;
  /** Stripe's word: standard, oss_union, state_sales_tax, … */
  type: string;
  status: string;
  since: Date;
};

/** What a configuration says of one way to pay. */
export type MethodStanding = {
  /** What was wished for: `none` leaves it to Stripe. */
  wish: string;
  isOn: boolean;
  /** Whether a page may offer it: it is on, and the account is allowed to take it. */
  isAvailable: boolean;
};
export type MethodConfiguration = {
  id: string;
  isActive: boolean;
  methods: Map<string, MethodStanding>;
};
/** On or off; null leaves it to Stripe. */
export type MethodWishes = Readonly<Record<string, boolean | null>>;

/** The name by which our configuration is found again. It has no metadata. */
const configurationName = "Lockstep";

/** The calls about what is added to prices, and about what pages let people pay with. */
export function collectionCalls(stripe: StripeClient) {
  return {
    readTaxSetup(): Promise<TaxSetup> {
      return ask(async () => {
        const { status, status_details, head_office, defaults } =
          await stripe.tax.settings.retrieve();
        return {
          isReady: status === "active",
          missing: status_details.pending?.missing_fields ?? [],
          country: head_office?.address.country ?? null,
          behaviour: defaults.tax_behavior,
        };
      });
    },

    /** Where tax is collected: registrations that count now, and those that will. */
    listTaxRegistrations(): Promise<TaxRegistration[]> {
      return ask(async () => {
        const { data } = await stripe.tax.registrations.list({ status: "all", limit: 100 });
        return data.filter(({ status }) => status !== "expired").map(registrationFrom);
      });
    },

    /** Has Stripe work out the tax of what a subscription bills from now on, or no longer. */
    setAutomaticTax(subscriptionId: string, enabled: boolean): Promise<void> {
      return ask(async () => {
        const changes = { automatic_tax: { enabled } };
        await stripe.subscriptions.update(subscriptionId, changes);
      });
    },

    /** The same for what a schedule makes of its subscription later. */
    setScheduleTax(scheduleId: string, enabled: boolean): Promise<void> {
      return ask(async () => {
        const default_settings = { automatic_tax: { enabled } };
        await stripe.subscriptionSchedules.update(scheduleId, { default_settings });
      });
    },

    /** Null where Stripe has none by this id. */
    findMethodConfiguration(id: string): Promise<MethodConfiguration | null> {
      return askForOne(async () =>
        configurationFrom(await stripe.paymentMethodConfigurations.retrieve(id)),
      );
    },

    /** Ours, where its id was lost: made, and not yet written down. */
    findOwnMethodConfiguration(): Promise<MethodConfiguration | null> {
      return ask(async () => {
        const { data } = await stripe.paymentMethodConfigurations.list({ limit: 100 });
        const own = data.find(({ name, active }) => active && name === configurationName);
        return own ? configurationFrom(own) : null;
      });
    },

    createMethodConfiguration(wishes: MethodWishes): Promise<MethodConfiguration> {
      return ask(async () => {
        const words = { name: configurationName, ...wishParams(wishes) };
        return configurationFrom(await stripe.paymentMethodConfigurations.create(words));
      });
    },

    updateMethodConfiguration(id: string, wishes: MethodWishes): Promise<MethodConfiguration> {
      return ask(async () => {
        const words = wishParams(wishes);
        return configurationFrom(await stripe.paymentMethodConfigurations.update(id, words));
      });
    },
  };
}

function registrationFrom(registration: Stripe.Tax.Registration): TaxRegistration {
  const { id, country, country_options: options, status, active_from: from } = registration;
  const own = (options as Record<string, { type?: string; state?: string } | undefined>)[
    country.toLowerCase()
  ];
  const since = instantFrom(from);
  return { id, country, status, since, state: own?.state ?? null, type: own?.type ?? "standard" };
}

type Standing = {
  available: boolean;
  display_preference: { preference: string; value: string };
};

function configurationFrom(found: Stripe.PaymentMethodConfiguration): MethodConfiguration {
  const methods = Object.entries(found).flatMap(([type, value]) => {
    const { display_preference: shown, available } = (value ?? {}) as Partial<Standing>;
    if (!shown) return [];
    const { preference: wish, value: now } = shown;
    return [[type, { wish, isOn: now === "on", isAvailable: available === true }] as const];
  });
  return { id: found.id, isActive: found.active, methods: new Map(methods) };
}

/** Every way to pay that a configuration can switch, by Stripe's own names. */
export type SwitchableMethod = Exclude<
  keyof Stripe.PaymentMethodConfigurationCreateParams,
  "expand" | "name" | "parent"
>;
type Wishes = Pick<Stripe.PaymentMethodConfigurationCreateParams, SwitchableMethod>;

function wishParams(wishes: MethodWishes): Wishes {
  const params = Object.entries(wishes).map(([type, isOn]) => {
    const preference = isOn === null ? "none" : isOn ? "on" : "off";
    return [type, { display_preference: { preference } }] as const;
  });
  return Object.fromEntries(params);
}
