import type { AddOnChoice } from "#lib/billing/add-on";
import { isFree } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";
import { toPlan, type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

type Wanted = {
  plan: string;
  addOns: readonly AddOnChoice[];
  interval: "month" | "year";
  currency: string;
};
/** What a tenant has already: its own version counts, also where it is not sold any more. */
export type Owned = { key: string; versionId: string; quantity: number };
export type Offered = { version: VersionRow; quantity: number };

/** Stripe bills no more together: https://docs.stripe.com/billing/subscriptions/quantities */
const mostItems = 20;

/**
 * The versions behind a choice, the plan first, or a refusal that names what is wrong with it. Of
 * what a tenant has already its own version counts; of anything else the newest published one.
 */
export async function findOffered(
  tx: Tx,
  wanted: Wanted,
  owned: readonly Owned[] = [],
): Promise<Offered[]> {
  const base = await findOne(tx, { key: wanted.plan, quantity: 1 }, "base", owned);
  const found: Offered[] = [{ version: base, quantity: 1 }];
  const seen = new Set<string>();
  for (const choice of wanted.addOns) {
    if (seen.has(choice.key)) refuse(`${choice.key} is there twice: name it once.`);
    seen.add(choice.key);
    const version = await findOne(tx, choice, "add_on", owned);
    requireQuantity(version, choice, owned);
    requireBeside(base, version, owned);
    found.push({ version, quantity: choice.quantity });
  }
  for (const { version } of found) requireSoldSo(version, wanted);
  const items = found.reduce((sum, { version }) => sum + version.components.length, 0);
  if (items > mostItems) {
    refuse(
      `This comes to ${items} lines, and ${mostItems} can be billed together. Leave some out.`,
    );
  }
  return found;
}

async function findOne(
  tx: Tx,
  { key }: AddOnChoice,
  kind: "base" | "add_on",
  owned: readonly Owned[],
): Promise<VersionRow> {
  const own = owned.find((one) => one.key === key)?.versionId;
  const row = await tx.planVersion.findFirst({
    where: {
      plan: { key, kind, ...(!own && { retiredAt: null }) },
      ...(own ? { id: own } : { status: "published" }),
    },
    include: wholeVersion,
    orderBy: { number: "desc" },
  });
  const field = kind === "base" ? "plan" : "addOns";
  if (!row) throw new Refusal("invalid", await whyNone(tx, key, kind), { field });
  if (isFree({ components: row.components })) {
    const message = `${row.plan.name} costs nothing: nothing is to buy. Cancel to move to it.`;
    throw new Refusal("invalid", message, { field });
  }
  return row;
}

/** One that was sold once is told from one that never was. */
async function whyNone(tx: Tx, key: string, kind: "base" | "add_on"): Promise<string> {
  if (kind === "base") return "There is no such plan.";
  const sold = { some: { status: { in: ["published" as const, "retired" as const] } } };
  const known = await tx.plan.findFirst({ where: { key, kind, versions: sold } });
  if (!known) return "There is no such add-on. Leave it out.";
  return `${known.name} is not sold any more. Leave it out.`;
}

/** Who has more than is sold by now keeps what it has. */
function requireQuantity(
  { plan, components }: VersionRow,
  { quantity }: AddOnChoice,
  owned: readonly Owned[],
): void {
  if (quantity === 1) return;
  const had = owned.find(({ key }) => key === plan.key)?.quantity ?? 1;
  const isCounted = components.some(({ kind }) => kind === "flat");
  const most = isCounted ? Math.max(plan.mostQuantity, had) : 1;
  if (quantity <= most) return;
  const words = most === 1 ? "is bought once per plan" : `is bought at most ${most} times`;
  refuse(`${plan.name} ${words}, not ${quantity} times.`);
}

/** An add-on may be sold beside some plans alone. Who has both already keeps both. */
function requireBeside(base: VersionRow, { plan }: VersionRow, owned: readonly Owned[]): void {
  if (plan.besidePlans.length === 0 || plan.besidePlans.includes(base.plan.key)) return;
  if ([base.plan, plan].every(({ key }) => owned.some((one) => one.key === key))) return;
  refuse(`${plan.name} is not sold beside ${base.plan.name}. Leave it out.`);
}

function requireSoldSo(version: VersionRow, wanted: Wanted): void {
  const plan = toPlan(version);
  if (isOffered(plan, wanted)) return;
  const terms = `${wanted.currency.toUpperCase()} per ${wanted.interval}`;
  if (plan.kind === "add_on") refuse(`${plan.name} is not offered in ${terms}. Leave it out.`);
  throw new Refusal("invalid", `${plan.name} is not offered in ${terms}.`, { field: "currency" });
}

function refuse(message: string): never {
  throw new Refusal("invalid", message, { field: "addOns" });
}
