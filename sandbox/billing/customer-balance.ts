import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Transaction = ObjectOf<"customer_balance_transaction">;

/** Moves a customer's balance and writes why. Less than zero is credit, more is still owed. */
export function moveBalance(
  world: World,
  customer: Row<"customer">,
  amount: number,
  facts: Pick<Transaction, "type" | "currency"> & Partial<Transaction>,
): Row<"customer_balance_transaction"> | undefined {
  if (amount === 0) return undefined;
  const before = customer.object;
  const ending = before.balance + amount;
  const currency = before.currency ?? facts.currency;
  customer.object = { ...before, balance: ending, currency };
  world.save(customer);
  const row = world.insert(
    "customer_balance_transaction",
    {
      id: world.newId("cbtxn"),
      object: "customer_balance_transaction",
      amount,
      checkout_session: null,
      created: world.now(),
      credit_note: null,
      customer: before.id,
      customer_account: before.customer_account ?? null,
      description: null,
      ending_balance: ending,
      invoice: null,
      livemode: false,
      metadata: {},
      ...facts,
    },
    {},
  );
  world.emit("customer.updated", customer.object, { balance: before.balance });
  return row;
}

/** Gives a void invoice's share of the balance back. */
export function unapplyBalance(world: World, invoice: ObjectOf<"invoice">): void {
  const customer = world.find("customer", invoice.customer ?? "");
  if (customer === undefined || invoice.ending_balance === null) return;
  moveBalance(world, customer, invoice.starting_balance - invoice.ending_balance, {
    type: "unapplied_from_invoice",
    invoice: invoice.id,
    currency: invoice.currency,
  });
}
