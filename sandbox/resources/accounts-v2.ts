import { emitThinEvent } from "#sandbox/events/emit";
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
import { accountView } from "#sandbox/resources/accounts";
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
    checkProfile(params);
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
    announce(world, "v2.core.account.created", object.id);
    beCustomer(world, object);
    return shown(row, params.include);
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
    if (params.dashboard !== undefined && params.dashboard !== row.object.dashboard) {
      throw invalidRequest("The dashboard cannot be changed.", "parameter_invalid", "dashboard");
    }
    row.object = { ...row.object, ...changedBy(row.object, params) };
    world.save(row);
    announce(world, "v2.core.account.updated", row.object.id);
    tellConnect(world, row.object.id);
    beCustomer(world, row.object);
    return shown(row, params.include);
  }),
  [`POST ${url}/:id/close`]: route(
    { applied_configurations: listOf(applied) },
    (world, _params, { id }) => {
      const row = get(world, "v2.core.account", id);
      row.object = { ...row.object, closed: true };
      world.save(row);
      announce(world, "v2.core.account.closed", row.object.id);
      return shown(row, []);
    },
  ),
};

// Every set of configurations that holds those asked for, as the list's column writes them.
function configurationsWith(wanted: readonly string[]): string[] {
  const names = ["customer", "merchant", "recipient"];
  const sets = [...Array(2 ** names.length).keys()].map((bits) =>
    names.filter((_name, place) => (bits >> place) % 2 === 1),
  );
  return sets.filter((set) => wanted.every((one) => set.includes(one))).map((set) => set.join(","));
}

// Fees and losses follow the dashboard: https://docs.stripe.com/connect/accounts-v2
function checkProfile({ dashboard, defaults, configuration }: Sent): void {
  const { fees_collector: fees, losses_collector: losses } = defaults?.responsibilities ?? {};
  if (configuration?.merchant === undefined && configuration?.recipient === undefined) return;
  const isManaged = dashboard === "express" || dashboard === "none";
  const isPlatformPaid = fees?.startsWith("application") && losses === "application";
  if (isManaged && defaults?.responsibilities !== undefined && !isPlatformPaid) {
    throw invalidRequest(
      `With the ${dashboard} dashboard the application collects fees and losses.`,
      "parameter_invalid",
      "defaults.responsibilities",
    );
  }
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
      responsibilities: {
        requirements_collector: dashboard === "none" ? "application" : "stripe",
        ...kept.defaults?.responsibilities,
        ...defaults?.responsibilities,
      },
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

/** Connect endpoints of v1 hear of a change as `account.updated`. */
export function tellConnect(world: World, id: string): void {
  world.as(id).emit("account.updated", accountView(world, id));
}

function announce(world: World, type: string, id: string): void {
  emitThinEvent(world, type, { id, type: "v2.core.account", url: `${url}/${id}` });
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
