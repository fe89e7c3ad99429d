import type { Line } from "#sandbox/billing/lines";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Grant = Row<"billing.credit_grant">;
type Transaction = ObjectOf<"billing.credit_balance_transaction">;
type Credit = NonNullable<Line["pretax_credit_amounts"]>[number];

/** Writes a move of a grant's credit. */
export function moveCredit(
  world: World,
  grant: ObjectOf<"billing.credit_grant">,
  move: Pick<Transaction, "credit" | "debit" | "type">,
): string {
  const row = world.insert(
    "billing.credit_balance_transaction",
    {
      id: world.newId("cbtxn"),
      object: "billing.credit_balance_transaction",
      created: world.now(),
      credit_grant: grant.id,
      effective_at: world.now(),
      livemode: false,
      test_clock: grant.test_clock,
      ...move,
    },
    {},
  );
  world.emit("billing.credit_balance_transaction.created", row.object);
  return row.object.id;
}

/** An amount in the shape these objects have it. */
export function monetary(currency: string, value: number) {
  return { monetary: { currency, value }, type: "monetary" as const };
}

/** What is left of a grant. */
export function leftOf(world: World, grant: string): number {
  return world
    .list("billing.credit_balance_transaction", { parent: grant })
    .reduce((sum, { object }) => {
      const added = object.credit?.amount.monetary?.value ?? 0;
      return sum + added - (object.debit?.amount.monetary?.value ?? 0);
    }, 0);
}

/** Whether a grant can be used now. */
export function isUsable(world: World, { object }: Grant): boolean {
  const { effective_at: from, expires_at: until, voided_at } = object;
  if (voided_at !== null || (until !== null && until <= world.now())) return false;
  return from === null || from <= world.now();
}

/** A customer's grants in the order they are used: by priority, what ends first, what came free
 *  before what was paid for, the oldest. */
export function grantsOf(world: World, customer: string): Grant[] {
  const end = ({ object }: Grant) => object.expires_at ?? Number.MAX_SAFE_INTEGER;
  const cost = ({ object }: Grant) => (object.category === "promotional" ? 0 : 1);
  return world
    .list("billing.credit_grant", { customer, order: "oldest" })
    .sort(
      (left, right) =>
        (left.object.priority ?? 50) - (right.object.priority ?? 50) ||
        end(left) - end(right) ||
        cost(left) - cost(right),
    );
}

/** Uses a customer's credit on the metered lines of an invoice that becomes final. */
export function applyCredits(world: World, invoice: ObjectOf<"invoice">): Line[] {
  const grants = grantsOf(world, invoice.customer ?? "").filter((grant) => isUsable(world, grant));
  const left = new Map(grants.map((grant) => [grant.object.id, leftOf(world, grant.object.id)]));
  return invoice.lines.data.map((line) => {
    const credits: Credit[] = [];
    for (const grant of grants) {
      const used = credits.reduce((sum, { amount }) => sum + amount, 0);
      const open = line.amount - offOf(line) - used;
      const amount = Math.min(open, left.get(grant.object.id) ?? 0);
      if (amount <= 0 || !covers(world, grant, line)) continue;
      left.set(grant.object.id, (left.get(grant.object.id) ?? 0) - amount);
      const transaction = moveCredit(world, grant.object, {
        credit: null,
        debit: {
          amount: monetary(line.currency, amount),
          credits_applied: { invoice: invoice.id, invoice_line_item: line.id },
          type: "credits_applied",
        },
        type: "debit",
      });
      credits.push({
        amount,
        credit_balance_transaction: transaction,
        type: "credit_balance_transaction",
      });
    }
    if (credits.length === 0) return line;
    return { ...line, pretax_credit_amounts: [...(line.pretax_credit_amounts ?? []), ...credits] };
  });
}

function covers(world: World, { object }: Grant, line: Line): boolean {
  if (object.amount.monetary?.currency !== line.currency) return false;
  const price = line.pricing?.price_details?.price;
  const { price_type, prices } = object.applicability_config.scope;
  if (prices !== undefined && prices.length > 0) return prices.some(({ id }) => id === price);
  const usage = world.find("price", price ?? "")?.object.recurring?.usage_type;
  return price_type === "metered" && usage === "metered";
}

function offOf(line: Line): number {
  return (line.pretax_credit_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
}
