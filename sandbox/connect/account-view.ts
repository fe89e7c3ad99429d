import type Stripe from "stripe";
import { payoutsAllowed, takesCards, takesTransfers } from "#sandbox/payments/account-standing";
import { balanceSettingsOf } from "#sandbox/payments/balance-settings";
import { externalAccounts } from "#sandbox/payments/external-account";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf } from "#sandbox/store/views";
import type { Stored } from "#sandbox/store/wire";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;
type View = Stored<Stripe.Account>;

/** An account as v1 shows it. Accounts are made and changed through v2. */
export function accountView(world: World, id: string): View {
  const platform = world.as(world.namespace.account);
  if (id === platform.account) return platformView(platform);
  return connectedView(platform, get(platform, "v2.core.account", id).object);
}

/** The capabilities of one configuration, as v1 shows them. */
export function capabilityView(
  world: World,
  id: string,
  configuration: "merchant" | "recipient",
): Stored<Stripe.Capability>[] {
  const platform = world.as(world.namespace.account);
  const { object } = get(platform, "v2.core.account", id);
  const { merchant, recipient } = object.configuration ?? {};
  const statuses =
    configuration === "merchant"
      ? ((merchant?.capabilities ?? {}) as Record<string, { status: string }>)
      : transfersOf(recipient?.capabilities?.stripe_balance?.stripe_transfers);
  const requirements = requirementsView(object);
  return Object.entries(statuses).map(([name, { status }]) => ({
    id: name,
    object: "capability",
    account: id,
    requested: true,
    requested_at: Math.floor(Date.parse(object.created) / 1000),
    requirements: {
      ...requirements,
      disabled_reason: isDisabled(requirements) ? "requirements.fields_needed" : null,
    },
    status: status === "active" ? "active" : "inactive",
  }));
}

function transfersOf(status: { status: string } | undefined): Record<string, { status: string }> {
  return status === undefined ? {} : { transfers: status };
}

function platformView(platform: World): View {
  return {
    id: platform.account,
    object: "account",
    business_profile: null,
    business_type: null,
    capabilities: { card_payments: "active", transfers: "active" },
    charges_enabled: true,
    country: "US",
    created: 0,
    default_currency: "usd",
    details_submitted: true,
    email: null,
    external_accounts: externalsOf(platform),
    metadata: {},
    payouts_enabled: true,
    type: "standard",
  };
}

function connectedView(platform: World, account: Account): View {
  const there = platform.as(account.id);
  const requirements = requirementsView(account);
  return {
    id: account.id,
    object: "account",
    business_profile: null,
    business_type: account.identity?.entity_type ?? null,
    capabilities: capabilitiesView(account),
    charges_enabled: takesCards(account),
    controller: controllerView(account),
    country: account.identity?.country?.toUpperCase() ?? "US",
    created: Math.floor(Date.parse(account.created) / 1000),
    default_currency: account.defaults?.currency ?? "usd",
    details_submitted: !requirements.currently_due.includes("external_account"),
    email: account.contact_email ?? null,
    external_accounts: externalsOf(there),
    future_requirements: { ...noRequirements, disabled_reason: null },
    metadata: account.metadata ?? {},
    payouts_enabled: payoutsAllowed(there),
    requirements: {
      ...requirements,
      disabled_reason: isDisabled(requirements) ? "requirements.past_due" : null,
    },
    settings: settingsView(there, account),
    type: typeOf(account),
  };
}

function capabilitiesView(account: Account): NonNullable<View["capabilities"]> {
  const { merchant, recipient } = account.configuration ?? {};
  const statuses = Object.entries(
    (merchant?.capabilities ?? {}) as Record<string, { status: string }>,
  ).map(([name, { status }]) => [name, status === "active" ? "active" : "inactive"]);
  const transfers = recipient?.capabilities?.stripe_balance?.stripe_transfers;
  return {
    card_payments: "inactive",
    ...Object.fromEntries(statuses),
    ...(transfers === undefined
      ? {}
      : { transfers: takesTransfers(account) ? "active" : "inactive" }),
  };
}

function controllerView(account: Account): NonNullable<View["controller"]> {
  const { fees_collector: fees, losses_collector: losses } =
    account.defaults?.responsibilities ?? {};
  const requirements = account.defaults?.responsibilities?.requirements_collector ?? "stripe";
  return {
    fees: { payer: fees?.startsWith("application") ? "application" : "account" },
    is_controller: true,
    losses: { payments: losses ?? "stripe" },
    requirement_collection: requirements,
    stripe_dashboard: { type: account.dashboard ?? "none" },
    type: "application",
  };
}

function settingsView(there: World, account: Account): NonNullable<View["settings"]> {
  const { payments } = balanceSettingsOf(there);
  const descriptor = account.configuration?.merchant?.statement_descriptor?.descriptor ?? null;
  return {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: account.display_name ?? null, timezone: "Etc/UTC" },
    payments: {
      statement_descriptor: descriptor,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    payouts: {
      debit_negative_balances: payments.debit_negative_balances ?? false,
      schedule: {
        delay_days: payments.settlement_timing.delay_days,
        interval: payments.payouts?.schedule?.interval ?? "daily",
      },
      statement_descriptor: payments.payouts?.statement_descriptor ?? null,
    },
  };
}

function externalsOf(there: World): NonNullable<View["external_accounts"]> {
  const data = externalAccounts(there).map(({ object }) => object);
  return listOf(`/v1/accounts/${there.account}/external_accounts`, data);
}

const noRequirements = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

function requirementsView({ requirements }: Account) {
  const entries = requirements?.entries ?? [];
  const named = (...statuses: string[]) =>
    entries
      .filter(({ minimum_deadline }) => statuses.includes(minimum_deadline.status))
      .map(({ description }) => description);
  const deadline = requirements?.summary?.minimum_deadline?.time;
  return {
    ...noRequirements,
    current_deadline: deadline === undefined ? null : Math.floor(Date.parse(deadline) / 1000),
    currently_due: named("currently_due", "past_due"),
    eventually_due: named("currently_due", "past_due", "eventually_due"),
    past_due: named("past_due"),
  };
}

// Nothing is disabled by what is only due later.
function isDisabled({ past_due, current_deadline, currently_due }: RequirementsView): boolean {
  return past_due.length > 0 || (currently_due.length > 0 && current_deadline === null);
}

type RequirementsView = ReturnType<typeof requirementsView>;

function typeOf({ dashboard }: Account): View["type"] {
  if (dashboard === "express") return "express";
  return dashboard === "full" ? "standard" : "none";
}
