import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** A customer by its own id or by its account's. */
export function findCustomer(world: World, id: string, param?: string): Row<"customer"> {
  if (!id.startsWith("acct_")) return get(world, "customer", id, param);
  const [row] = world.list("customer", { parent: id });
  return row ?? get(world, "customer", id, param);
}

/** The customer a request names, by `customer` or by `customer_account`. */
export function customerNamedBy(
  world: World,
  params: { customer?: string; customer_account?: string },
): Row<"customer"> | undefined {
  if (params.customer !== undefined && params.customer_account !== undefined) {
    throw invalidRequest("You may only specify one of these: customer, customer_account.");
  }
  if (params.customer !== undefined) return findCustomer(world, params.customer, "customer");
  if (params.customer_account === undefined) return undefined;
  return findCustomer(world, params.customer_account, "customer_account");
}

/** What a list filtered by customer looks for. A customer that is not there has nothing. */
export function customerFilter(
  world: World,
  params: { customer?: string; customer_account?: string },
): { customer?: string } {
  const row = customerNamedBy(world, params);
  return row === undefined ? {} : { customer: row.object.id };
}
