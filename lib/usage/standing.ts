import { compareDecimals, parseDecimal } from "#lib/catalog/rational";
import type { Db, Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import type { Gate } from "#lib/usage/gate";
import { knownMeters } from "#lib/usage/known-meters";
import type { UsageMeter } from "#lib/usage/meter";
import { mostFor } from "#lib/usage/most-for";
import { readTerms, type TenantTerms } from "#lib/usage/terms";

type Standing = { readonly gates: readonly Gate[] };
type Remembered = { standing: Promise<Standing>; read?: Standing; until: number };

/** A cap that was set elsewhere holds after this long; one set in this process at once. */
const lifeMs = 2_000;
const mostTenants = 10_000;
const monthMs = 31 * 86_400_000;
const remembered = new WeakMap<Db, Map<string, Remembered>>();

/** The hard caps that hold for a tenant now, remembered for two seconds. */
export function readStanding(ctx: TenantContext): Promise<Standing> {
  const ofDb = remembered.get(ctx.db) ?? new Map<string, Remembered>();
  remembered.set(ctx.db, ofDb);
  const known = ofDb.get(ctx.tenantId);
  if (known && known.until > performance.now()) return known.standing;
  if (ofDb.size >= mostTenants) ofDb.clear();
  const standing = read(ctx);
  const held: Remembered = { standing, until: performance.now() + lifeMs };
  ofDb.set(ctx.tenantId, held);
  standing.then(
    (read) => Object.assign(held, { read }),
    () => ofDb.delete(ctx.tenantId),
  );
  return standing;
}

/** The same without a wait, where this process has read it already; else nothing. */
export function rememberedStanding({ db, tenantId }: TenantContext): Standing | undefined {
  const known = remembered.get(db)?.get(tenantId);
  return known && known.until > performance.now() ? known.read : undefined;
}

/** Has the next request read anew: a limit was changed here. */
export function forgetStanding({ db, tenantId }: TenantContext): void {
  remembered.get(db)?.delete(tenantId);
}

async function read(ctx: TenantContext): Promise<Standing> {
  const meters = await knownMeters(ctx.db);
  return view(ctx, async (tx) => {
    const terms = await readTerms(tx, ctx.tenantId, ctx.now());
    return { gates: await readGates(tx, ctx.tenantId, terms, meters) };
  });
}

/** Each meter's lowest hard cap: the tenant's own, or what its plan gives and sells no more of. */
export async function readGates(
  tx: Tx,
  tenantId: string,
  terms: TenantTerms,
  meters: ReadonlyMap<string, UsageMeter>,
): Promise<Gate[]> {
  const caps = await tx.usageLimit.findMany({ where: { tenantId, act: "hard_cap" } });
  const own = caps.flatMap(({ meterKey, measure, amount }) => {
    const most =
      measure === "units"
        ? amount.toFixed()
        : mostSpent(terms, meterKey, BigInt(amount.toFixed(0)));
    return most === null ? [] : [{ meterKey, most, by: "tenant" as const }];
  });
  const lowest = new Map<string, (typeof own)[number] | PlanCap>();
  for (const cap of [...own, ...planCaps(terms)]) {
    const known = lowest.get(cap.meterKey);
    if (!known || isLess(cap.most, known.most)) lowest.set(cap.meterKey, cap);
  }
  return [...lowest.values()].flatMap(({ meterKey, most, by }) => {
    const kind = meters.get(meterKey)?.aggregation;
    if (!kind) return [];
    return periodsOf(terms, meterKey).map((period) => ({ meterKey, kind, ...period, most, by }));
  });
}

const isLess = (left: string, right: string) =>
  compareDecimals(parseDecimal(left), parseDecimal(right)) < 0;

type PlanCap = { meterKey: string; most: string; by: "plan" };

/** A feature that counts ends at its limit, unless the plan has a price for what is beyond. */
function planCaps({ features, usage }: TenantTerms): PlanCap[] {
  return features.flatMap(({ meterKey, limit }) => {
    if (meterKey === undefined || limit === undefined) return [];
    const isSold = usage.some((terms) => terms.meterKey === meterKey);
    return isSold ? [] : [{ meterKey, most: String(limit), by: "plan" as const }];
  });
}

function mostSpent({ usage }: TenantTerms, meterKey: string, minor: bigint): string | null {
  const terms = usage.find((one) => one.meterKey === meterKey);
  return terms ? mostFor(terms.price, terms.included, minor) : null;
}

/**
 * The period that runs, the one before it, as usage may come late, and the one after: a clock may
 * be minutes ahead, and Stripe tells of a new period after it has begun.
 */
function periodsOf(terms: TenantTerms, meterKey: string): { from: Date; to: Date }[] {
  const own = terms.usage.find((one) => one.meterKey === meterKey);
  const { from, to } = own ?? terms.period;
  const before = own ? own.previousFrom : terms.previousFrom;
  const after = { from: to, to: new Date(to.getTime() + monthMs) };
  return [...(before ? [{ from: before, to: from }] : []), { from, to }, after];
}
