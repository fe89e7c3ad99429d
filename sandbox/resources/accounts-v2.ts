import { checkProfile, profileOf } from "#sandbox/connect/profile";
import { announceAccount, refreshAccount, tellConnect } from "#sandbox/connect/refresh-account";
import { totalsOf } from "#sandbox/payments/balance";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, integer, listOf, type Params, text } from "#sandbox/protocol/params";
import { get, mergeMetadata, pageOfV2, type Routes, route } from "#sandbox/protocol/route";
import {
  accountFields,
  applied,
  configurationFrom,
  type Include,
  identityFrom,
  include,
  isIncluded,
} from "#sandbox/resources/account-fields";
import { createCustomer } from "#sandbox/resources/customers";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;
type Sent = Params<typeof accountFields>;

const url = "/v2/core/accounts";

/** `/v2/core/accounts`. One account can be a merchant and a customer at once. */
export const accountV2Routes: Routes = {
  [`POST ${url}`]: route(accountFields, (world, params) => {
    checkProfile(undefined, params);
    const blank: Account = {
      id: world.newId("acct"),
      object: "v2.core.account",
      applied_configurations: [],
      closed: false,
      created: new Date(world.now() * 1000).toISOString(),
      livemode: false,
      metadata: {},
    };
    const object = { ...blank, ...changedBy(blank, params) };
    const row = world.insert("v2.core.account", object, {}, world.now());
    announceAccount(world, object.id, "v2.core.account.created");
    beCustomer(world, object);
    refreshAccount(world, object.id);
    return shown(get(world, "v2.core.account", row.object.id), params.include);
  }),
  [`GET ${url}`]: route(
    { applied_configurations: listOf(applied), limit: integer, closed: boolean, page: text },
    (world, params) => {
      const wanted = params.applied_configurations;
      const query = {
        status: params.closed ? "closed" : "open",
        ...(wanted === undefined ? {} : { keys: configurationsWith(wanted) }),
      };
      return pageOfV2(world, url, "v2.core.account", query, params, (row) => shown(row, []));
    },
  ),
  [`GET ${url}/:id`]: route({ include }, (world, params, { id }) =>
    shown(get(world, "v2.core.account", id), params.include),
  ),
  [`POST ${url}/:id`]: route(accountFields, (world, params, { id }) => {
    const row = get(world, "v2.core.account", id);
    if (row.object.closed) throw invalidRequest("This account is closed.", "account_closed");
    const before = row.object;
    checkProfile(before, params);
    row.object = { ...before, ...changedBy(before, params) };
    world.save(row);
    announceParts(world, before, params);
    refreshAccount(world, before.id);
    tellConnect(world, before.id);
    beCustomer(world, row.object);
    return shown(get(world, "v2.core.account", id), params.include);
  }),
  [`POST ${url}/:id/close`]: route(
    { applied_configurations: listOf(applied) },
    (world, { applied_configurations: named }, { id }) => {
      const row = get(world, "v2.core.account", id);
      checkClosable(world, row, named);
      row.object = { ...row.object, closed: true };
      world.save(row);
      refreshAccount(world, row.object.id);
      announceAccount(world, row.object.id, "v2.core.account.closed");
      return shown(get(world, "v2.core.account", id), []);
    },
  ),
};

// An account with money in it, or owing some, stays open until that is settled.
function checkClosable(
  world: World,
  { object }: Row<"v2.core.account">,
  named: readonly string[] | undefined,
): void {
  if (object.closed) throw invalidRequest("This account is closed.", "account_closed");
  if (
    named !== undefined &&
    named.slice().sort().join(",") !== object.applied_configurations.join(",")
  ) {
    const message = "The configurations named are not those of the account.";
    throw invalidRequest(message, undefined, "applied_configurations");
  }
  const { available, pending } = totalsOf(world.as(object.id));
  const isSettled = [...available, ...pending].every(
    ({ card, bank_account }) => card === 0n && bank_account === 0n,
  );
  if (isSettled) return;
  const message = "You cannot close an account with a balance. Pay it out or settle it first.";
  throw invalidRequest(message, "account_has_balance");
}

// Each part of an account that was sent is announced by itself, after the account as a whole.
function announceParts(world: World, { id }: Account, sent: Sent): void {
  announceAccount(world, id, "v2.core.account.updated");
  for (const part of ["identity", "defaults"] as const) {
    if (sent[part] !== undefined) announceAccount(world, id, `v2.core.account[${part}].updated`);
  }
  for (const name of Object.keys(sent.configuration ?? {})) {
    announceAccount(world, id, `v2.core.account[configuration.${name}].updated`);
  }
}

// Every set of configurations that holds those asked for, as the list's column writes them.
function configurationsWith(wanted: readonly string[]): string[] {
  const names = ["customer", "merchant", "recipient"];
  const sets = [...Array(2 ** names.length).keys()].map((bits) =>
    names.filter((_name, place) => (bits >> place) % 2 === 1),
  );
  return sets.filter((set) => wanted.every((one) => set.includes(one))).map((set) => set.join(","));
}

function changedBy(kept: Account, sent: Sent): Partial<Account> {
  const { configuration, contact_email, contact_phone, dashboard, defaults, identity } = sent;
  const built = configurationFrom(kept.configuration, configuration);
  const configured = (["customer", "merchant", "recipient"] as const).filter(
    (name) => built[name]?.applied,
  );
  return {
    applied_configurations: configured,
    configuration: built,
    ...(contact_email === undefined ? {} : { contact_email }),
    ...(contact_phone === undefined ? {} : { contact_phone }),
    ...(dashboard === undefined ? {} : { dashboard }),
    ...(sent.display_name === undefined ? {} : { display_name: sent.display_name }),
    defaults: {
      ...kept.defaults,
      ...(defaults?.currency === undefined ? {} : { currency: defaults.currency }),
      ...(defaults?.locales === undefined
        ? {}
        : {
            locales: defaults.locales as NonNullable<NonNullable<Account["defaults"]>["locales"]>,
          }),
      ...(defaults?.profile === undefined
        ? {}
        : { profile: { ...kept.defaults?.profile, ...defaults.profile } }),
      responsibilities: profileOf(kept, sent),
    },
    identity: identityFrom(kept.identity, identity),
    metadata: mergeMetadata(kept.metadata ?? {}, sent.metadata),
  };
}

// Stripe keeps a v1 customer beside every account that is one: `customer_account` joins them.
function beCustomer(world: World, account: Account): void {
  if (account.configuration?.customer === undefined) return;
  const [known] = world.list("customer", { parent: account.id });
  if (known !== undefined) return;
  createCustomer(
    world,
    {
      ...(account.contact_email === undefined ? {} : { email: account.contact_email }),
      ...(account.display_name === undefined ? {} : { name: account.display_name }),
    },
    account.id,
  );
}

function shown(row: Row<"v2.core.account">, asked: readonly Include[] = []) {
  const { configuration, defaults, identity, requirements, future_requirements, ...base } =
    row.object;
  const configurations = Object.entries(configuration ?? {}).filter(([name]) =>
    isIncluded(asked, `configuration.${name}`),
  );
  return {
    ...base,
    ...(configurations.length > 0 ? { configuration: Object.fromEntries(configurations) } : {}),
    ...(isIncluded(asked, "defaults") ? { defaults } : {}),
    ...(isIncluded(asked, "identity") ? { identity } : {}),
    ...(isIncluded(asked, "requirements") ? { requirements: requirements ?? { entries: [] } } : {}),
    ...(isIncluded(asked, "future_requirements")
      ? { future_requirements: future_requirements ?? { entries: [] } }
      : {}),
  };
}
