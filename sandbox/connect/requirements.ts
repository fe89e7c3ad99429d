import { externalAccounts } from "#sandbox/payments/external-account";
import type { AccountSecrets } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;
type Requirements = NonNullable<Account["requirements"]>;
type Entry = NonNullable<Requirements["entries"]>[number];
type Deadline = Entry["minimum_deadline"]["status"];

/** One thing Stripe must know before an account may be paid. */
interface Need {
  description: string;
  isAsked?: (account: Account) => boolean;
  isMet: (world: World, account: Account) => boolean;
}

const isPerson = ({ identity }: Account) => identity?.entity_type === "individual";
const persons = (world: World, account: Account) =>
  world.list("v2.core.account_person", { parent: account.id }).map(({ object }) => object);

/** What every merchant and recipient is asked for. Real Stripe asks for more, by country. */
const needs: readonly Need[] = [
  {
    description: "identity.entity_type",
    isMet: (_world, { identity }) => identity?.entity_type !== undefined,
  },
  {
    description: "identity.business_details.registered_name",
    isAsked: (account) => !isPerson(account),
    isMet: (_world, { identity }) => Boolean(identity?.business_details?.registered_name),
  },
  {
    description: "identity.individual.given_name",
    isAsked: isPerson,
    isMet: (_world, { identity }) => Boolean(identity?.individual?.given_name),
  },
  {
    description: "identity.individual.surname",
    isAsked: isPerson,
    isMet: (_world, { identity }) => Boolean(identity?.individual?.surname),
  },
  {
    description: "person.representative",
    isAsked: (account) => !isPerson(account),
    isMet: (world, account) =>
      persons(world, account).some(({ relationship }) => relationship?.representative),
  },
  {
    description: "configuration.merchant.mcc",
    isAsked: ({ configuration }) => configuration?.merchant !== undefined,
    isMet: (_world, { configuration }) => Boolean(configuration?.merchant?.mcc),
  },
  {
    description: "external_account",
    isMet: (world, { id }) => externalAccounts(world.as(id)).length > 0,
  },
  {
    description: "identity.attestations.terms_of_service.account.date",
    isMet: (_world, { identity }) =>
      Boolean(identity?.attestations?.terms_of_service?.account?.date),
  },
];

/** What is asked of an account now, and until when. */
export function requirementsOf(
  world: World,
  account: Account,
  { isOnboarded, demands = [] }: AccountSecrets,
): Requirements {
  if (!account.configuration?.merchant && !account.configuration?.recipient) return { entries: [] };
  const start = isOnboarded ? [] : unmet(world, account);
  const entries = [
    ...start.map((description) =>
      entry(account, description, "currently_due", "routine_onboarding"),
    ),
    ...demands.map(({ description, deadline, error }) => ({
      ...entry(account, description, dueBy(world, deadline), "routine_verification"),
      ...(error && { errors: [refused(error)] }),
    })),
    ...failedBanks(world, account),
  ];
  return entries.length === 0
    ? { entries }
    : { entries, summary: { minimum_deadline: soonest(entries, demands) } };
}

/** Whether an account may do what it asked for: nothing of the start is open, nothing overdue. */
export function isInGoodStanding({ entries = [] }: Requirements): boolean {
  return entries.every(
    ({ minimum_deadline, requested_reasons }) =>
      minimum_deadline.status !== "past_due" && requested_reasons[0]?.code !== "routine_onboarding",
  );
}

/** Where money came back from is to be replaced: payments go on, payouts wait for it. */
function failedBanks(world: World, account: Account): Entry[] {
  const banks = externalAccounts(world.as(account.id)).map(({ object }) => object);
  const failed = banks.filter((one) => one.default_for_currency && one.status === "errored");
  const configuration = account.configuration?.merchant ? "merchant" : "recipient";
  const deadline = { status: "currently_due" as const };
  return failed.map(({ id, last4 }) => ({
    ...entry(account, "external_account", "currently_due", "routine_verification"),
    errors: [
      {
        code: "invalid_value_other" as const,
        description: `A payout to the account ending in ${last4} failed. Add another one.`,
      },
    ],
    impact: {
      restricts_capabilities: [{ capability: "stripe_balance.payouts", configuration, deadline }],
    },
    reference: { type: "payment_method" as const, resource: id },
  }));
}

function unmet(world: World, account: Account): string[] {
  return needs
    .filter(({ isAsked }) => isAsked?.(account) ?? true)
    .filter(({ isMet }) => !isMet(world, account))
    .map(({ description }) => description);
}

function entry(
  account: Account,
  description: string,
  status: Deadline,
  reason: Entry["requested_reasons"][number]["code"],
): Entry {
  return {
    awaiting_action_from: "user",
    description,
    errors: [],
    impact: { restricts_capabilities: restrictedBy(account, status) },
    minimum_deadline: { status },
    requested_reasons: [{ code: reason }],
  };
}

/** What was wrong with what was given, most often a document. */
function refused(description: string): Entry["errors"][number] {
  return { code: "verification_document_not_readable", description };
}

type Impact = NonNullable<Entry["impact"]["restricts_capabilities"]>;

function restrictedBy({ configuration }: Account, status: Deadline): Impact {
  const names = Object.keys(configuration?.merchant?.capabilities ?? {});
  const deadline = { status };
  const merchant = names.map((capability) => ({ capability, configuration: "merchant", deadline }));
  const takesTransfers = configuration?.recipient?.capabilities?.stripe_balance !== undefined;
  const capability = "stripe_balance.stripe_transfers";
  return [
    ...merchant,
    ...(takesTransfers ? [{ capability, configuration: "recipient", deadline }] : []),
  ] as Impact;
}

function dueBy(world: World, deadline: number | null): Deadline {
  if (deadline === null) return "eventually_due";
  return deadline <= world.now() ? "past_due" : "currently_due";
}

function soonest(entries: readonly Entry[], demands: NonNullable<AccountSecrets["demands"]>) {
  const order: Deadline[] = ["past_due", "currently_due", "eventually_due"];
  const status = order.find((each) =>
    entries.some(({ minimum_deadline }) => minimum_deadline.status === each),
  );
  const deadlines = demands.flatMap(({ deadline }) => (deadline === null ? [] : [deadline]));
  return {
    status: status ?? ("eventually_due" as const),
    ...(deadlines.length === 0
      ? {}
      : { time: new Date(Math.min(...deadlines) * 1000).toISOString() }),
  };
}
