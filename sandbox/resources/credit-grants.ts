import { grantsOf, isUsable, leftOf, monetary, moveCredit } from "#sandbox/billing/credit-grants";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const scope = shape({
  price_type: oneOf(["metered"]),
  prices: listOf(shape({ id: required(text) })),
});
const who = { customer: text, customer_account: text };
const createFields = {
  ...who,
  amount: required(
    shape({
      monetary: required(shape({ currency: required(currencyCode), value: required(integer) })),
      type: required(oneOf(["monetary"])),
    }),
  ),
  applicability_config: required(shape({ scope: required(scope) })),
  category: oneOf(["paid", "promotional"]),
  effective_at: integer,
  expires_at: integer,
  metadata,
  name: text,
  priority: integer,
} satisfies Shape;
const url = "/v1/billing/credit_grants";
const moves = "/v1/billing/credit_balance_transactions";

/** Credit for usage to come: granted, used as invoices become final, ended or taken back. */
export const creditGrantRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) =>
    show(world, createGrant(world, params).object),
  ),
  [`GET ${url}`]: listRoute("billing.credit_grant", url, who, customerFilter),
  [`GET ${url}/:id`]: retrieveRoute("billing.credit_grant"),
  [`POST ${url}/:id`]: route(
    { expires_at: unsettable(integer), metadata },
    (world, { expires_at, metadata: sent }, { id }) => {
      const row = get(world, "billing.credit_grant", id);
      change(world, row, {
        ...(expires_at === undefined ? {} : { expires_at }),
        metadata: mergeMetadata(row.object.metadata, sent),
      });
      if (expires_at) world.schedule("credit-grant.expire", row.object.id, expires_at);
      return show(world, row.object);
    },
  ),
  [`POST ${url}/:id/expire`]: route({}, (world, _params, { id }) => {
    const row = usable(world, id, "expired");
    expireGrant(world, row.object.id);
    return show(world, get(world, "billing.credit_grant", id).object);
  }),
  [`POST ${url}/:id/void`]: route({}, (world, _params, { id }) => {
    const row = usable(world, id, "voided");
    if (leftOf(world, row.object.id) !== row.object.amount.monetary?.value) {
      throw invalidRequest("A credit grant that was used cannot be voided.", undefined, "id");
    }
    empty(world, row, "credits_voided");
    change(world, row, { voided_at: world.now() });
    return show(world, row.object);
  }),
  [`GET ${moves}`]: route(
    { ...pagingParams, ...who, credit_grant: text },
    (world, { customer, customer_account, credit_grant, ...paging }) => {
      const named = {
        ...(customer && { customer }),
        ...(customer_account && { customer_account }),
      };
      const { customer: owner } = customerFilter(world, named);
      const grants =
        credit_grant === undefined
          ? grantsOf(world, owner ?? "").map(({ object }) => object.id)
          : [credit_grant];
      const ids = grants
        .flatMap((parent) => world.list("billing.credit_balance_transaction", { parent }))
        .map(({ object }) => object.id);
      return pageOf(world, moves, "billing.credit_balance_transaction", { ids }, paging);
    },
  ),
  [`GET ${moves}/:id`]: retrieveRoute("billing.credit_balance_transaction"),
  "GET /v1/billing/credit_balance_summary": route(
    {
      ...who,
      filter: required(
        shape({
          type: required(oneOf(["applicability_scope", "credit_grant"])),
          applicability_scope: scope,
          credit_grant: text,
        }),
      ),
    },
    (world, params) => {
      const customer = customerNamedBy(world, params)?.object;
      if (customer === undefined) {
        throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
      }
      const { credit_grant: one } = params.filter;
      const grants = grantsOf(world, customer.id).filter(
        (row) => (one === undefined || row.object.id === one) && row.object.voided_at === null,
      );
      return {
        object: "billing.credit_balance_summary",
        balances: balancesOf(world, grants),
        customer: customer.id,
        customer_account: customer.customer_account ?? null,
        livemode: false,
      };
    },
  ),
};

/** A grant's time is over: what is left of it goes. */
export function expireGrant(world: World, id: string): void {
  const row = world.find("billing.credit_grant", id);
  if (row === undefined || row.object.voided_at !== null) return;
  empty(world, row, "credits_expired");
  change(world, row, { expires_at: world.now() });
}

function createGrant(
  world: World,
  params: Params<typeof createFields>,
): Row<"billing.credit_grant"> {
  const customer = customerNamedBy(world, params)?.object;
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const { monetary: sent } = params.amount;
  const { prices, price_type } = params.applicability_config.scope;
  const row = world.insert(
    "billing.credit_grant",
    {
      id: world.newId("credgr"),
      object: "billing.credit_grant",
      amount: monetary(sent.currency.toLowerCase(), sent.value),
      applicability_config: {
        scope: {
          ...(price_type === undefined ? {} : { price_type }),
          ...(prices === undefined ? {} : { prices }),
        },
      },
      category: params.category ?? "paid",
      created: world.now(),
      customer: customer.id,
      customer_account: customer.customer_account ?? null,
      effective_at: params.effective_at ?? world.now(),
      expires_at: params.expires_at ?? null,
      livemode: false,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
      priority: params.priority ?? 50,
      test_clock: customer.test_clock ?? null,
      updated: world.now(),
      voided_at: null,
    },
    {},
  );
  world.emit("billing.credit_grant.created", row.object);
  grantCredit(world, row.object);
  const { expires_at: until } = row.object;
  if (until !== null) world.schedule("credit-grant.expire", row.object.id, until);
  return row;
}

function grantCredit(world: World, grant: ObjectOf<"billing.credit_grant">): void {
  const { amount } = grant;
  const credit = { amount, credits_application_invoice_voided: null, type: "credits_granted" };
  moveCredit(world, grant, { credit, debit: null, type: "credit" } as const);
}

function usable(world: World, id: string | undefined, verb: string): Row<"billing.credit_grant"> {
  const row = get(world, "billing.credit_grant", id);
  if (isUsable(world, row)) return row;
  throw invalidRequest(`This credit grant cannot be ${verb} any more.`, undefined, "id");
}

function empty(
  world: World,
  { object }: Row<"billing.credit_grant">,
  type: "credits_expired" | "credits_voided",
): void {
  const left = leftOf(world, object.id);
  if (left === 0) return;
  const amount = monetary(object.amount.monetary?.currency ?? "usd", left);
  const debit = { amount, credits_applied: null, type };
  moveCredit(world, object, { credit: null, debit, type: "debit" });
}

function change(
  world: World,
  row: Row<"billing.credit_grant">,
  changes: Partial<ObjectOf<"billing.credit_grant">>,
): void {
  const before = row.object;
  row.object = { ...before, ...changes, updated: world.now() };
  world.save(row);
  const previous = changesOf<"billing.credit_grant">(before, row.object);
  world.emit("billing.credit_grant.updated", row.object, previous);
}

function balancesOf(world: World, grants: readonly Row<"billing.credit_grant">[]) {
  const sums = new Map<string, { available: number; ledger: number }>();
  for (const grant of grants) {
    const currency = grant.object.amount.monetary?.currency ?? "usd";
    const sum = sums.get(currency) ?? { available: 0, ledger: 0 };
    const left = leftOf(world, grant.object.id);
    sum.ledger += left;
    if (isUsable(world, grant)) sum.available += left;
    sums.set(currency, sum);
  }
  return [...sums].map(([currency, { available, ledger }]) => ({
    available_balance: monetary(currency, available),
    ledger_balance: monetary(currency, ledger),
  }));
}
