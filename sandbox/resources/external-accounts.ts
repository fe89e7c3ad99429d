import { refreshAccount } from "#sandbox/connect/refresh-account";
import {
  bankFrom,
  demote,
  type ExternalAccount,
  externalAccounts,
  findExternal,
  keepExternal,
  saveExternal,
} from "#sandbox/payments/external-account";
import { lookAgain } from "#sandbox/payments/payout-schedule";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
  boolean,
  metadata,
  oneOf,
  type Param,
  type Params,
  readShape,
  required,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  mergeMetadata,
  pageSize,
  pagingParams,
  type Routes,
  route,
} from "#sandbox/protocol/route";
import {
  bankFields,
  bankInput,
  cardFields,
  cardFrom,
  digitsOf,
  spendToken,
} from "#sandbox/resources/tokens";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const bank = { object: required(oneOf(["bank_account"])), ...bankFields };
const card = { object: required(oneOf(["card"])), ...cardFields };
type Made = string | Params<typeof bank> | Params<typeof card>;

// A token, or the thing itself with its kind in `object`.
const external: Param<Made> = {
  read(value, name) {
    if (typeof value === "string") return text.read(value, name);
    const sent = (value ?? {}) as Record<string, unknown>;
    return sent.object === "card" ? readShape(card, sent, name) : readShape(bank, sent, name);
  },
};

const url = "/v1/accounts/:id/external_accounts";

/** `/v1/accounts/:id/external_accounts`: where an account is paid out to. */
export const externalAccountRoutes: Routes = {
  [`POST ${url}`]: route(
    { external_account: required(external), default_for_currency: boolean, metadata },
    (world, params, { id }) => {
      const there = accountNamed(world, id);
      const { made, number } = makeFrom(there, params.external_account);
      const whole = { ...made, metadata: mergeMetadata({}, params.metadata) };
      const row = keepExternal(there, whole, number, params.default_for_currency ?? false);
      afterChange(there);
      return show(there, row.object);
    },
  ),
  [`GET ${url}`]: route(
    { ...pagingParams, object: oneOf(["bank_account", "card"]) },
    (world, { object: kind, limit }, { id }) => {
      const all = externalAccounts(accountNamed(world, id)).filter(
        ({ object }) => kind === undefined || object.object === kind,
      );
      const page = all.slice(0, pageSize(limit)).map(({ object }) => show(world, object));
      return {
        object: "list",
        url: `/v1/accounts/${id}/external_accounts`,
        has_more: all.length > page.length,
        data: page,
      };
    },
  ),
  [`GET ${url}/:id`]: route({}, (world, _params, { id, sub }) =>
    show(world, found(accountNamed(world, id), sub).object),
  ),
  [`POST ${url}/:id`]: route(
    {
      default_for_currency: boolean,
      metadata,
      account_holder_name: unbuilt,
      account_holder_type: unbuilt,
      account_type: unbuilt,
      exp_month: unbuilt,
      exp_year: unbuilt,
      name: unbuilt,
    },
    (world, params, { id, sub }) => {
      const there = accountNamed(world, id);
      const row = found(there, sub);
      if (params.default_for_currency) demote(there, row.object.currency ?? "usd");
      saveExternal(there, row, {
        ...(params.default_for_currency ? { default_for_currency: true } : {}),
        metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata),
      });
      there.emit("account.external_account.updated", row.object);
      afterChange(there);
      return show(there, row.object);
    },
  ),
  [`DELETE ${url}/:id`]: route({}, (world, _params, { id, sub }) => {
    const there = accountNamed(world, id);
    const row = found(there, sub);
    const isOnly = externalAccounts(there).length === 1;
    if (row.object.default_for_currency && !isOnly) {
      const message =
        "You cannot delete the default external account for your default currency. Please make " +
        "another external account the default using the `default_for_currency` param.";
      throw invalidRequest(message);
    }
    there.remove(row);
    there.emit("account.external_account.deleted", row.object);
    afterChange(there);
    return { id: row.object.id, object: row.object.object, deleted: true };
  }),
};

// A bank to pay out to may be what an account was asked for.
function afterChange(there: World): void {
  if (there.account !== there.namespace.account) refreshAccount(there, there.account);
  lookAgain(there);
}

function makeFrom(world: World, sent: Made) {
  if (typeof sent === "string") return spendToken(world, sent);
  if (sent.object === "card") {
    const { object: _object, ...fields } = sent;
    return { made: cardFrom(world, fields), number: digitsOf(fields.number) };
  }
  const { object: _object, ...fields } = sent;
  const input = bankInput(fields);
  return { made: bankFrom(world, input), number: input.number };
}

function accountNamed(world: World, id: string | undefined): World {
  const platform = world.as(world.namespace.account);
  if (id !== platform.account) get(platform, "v2.core.account", id);
  if (world.account !== platform.account && id !== world.account) throw noSuch("account", id ?? "");
  return platform.as(id ?? "");
}

function found(world: World, id: string | undefined): ExternalAccount {
  const row = findExternal(world, id ?? "");
  if (row === undefined) throw noSuch("external account", id ?? "");
  return row;
}
