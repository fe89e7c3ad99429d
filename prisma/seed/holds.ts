import { appealHold } from "#lib/connect/appeal-hold";
import { decideAppeal } from "#lib/connect/decide-appeal";
import { placeHold } from "#lib/connect/place-hold";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asAdmin, asOwner } from "#prisma/seed/people";

const hourMs = 3_600_000;
const reason = "Three customers asked where last week's orders are.";

/** Payouts were held once over orders that came late; the company appealed and was right. */
export async function seedPastHold(ctx: Context, tenant: DemoTenant): Promise<boolean> {
  const tenantId = tenant.takesPayments === "yes" && (await withoutHolds(ctx, tenant));
  if (!tenantId) return false;
  const stops = { payments: false, payouts: true };
  const { id: holdId } = await asAdmin(ctx, (admin) =>
    placeHold(admin, { tenantId, ...stops, reason }),
  );
  const text = "The parcels went out on Monday; the carrier's list is in our last answer to you.";
  const { id } = await asOwner(after(ctx, 3), tenant, (owner) =>
    appealHold(owner, { holdId, text }),
  );
  const answer = "All three parcels were delivered. Payouts go on; thank you for the list.";
  await asAdmin(after(ctx, 22), (admin) =>
    decideAppeal(admin, { id, decision: "granted", answer }),
  );
  return true;
}

/** Payouts of one that has not sold yet wait for a look at what it will sell; it asks why. */
export async function seedOpenHold(ctx: Context, tenant: DemoTenant): Promise<boolean> {
  const tenantId = tenant.takesPayments === "begun" && (await withoutHolds(ctx, tenant));
  if (!tenantId) return false;
  const stops = { payments: false, payouts: true };
  const why = "What will be sold is looked at before the first payout.";
  const { id: holdId } = await asAdmin(ctx, (admin) =>
    placeHold(admin, { tenantId, ...stops, reason: why }),
  );
  const text =
    "We sell reports on web traffic, each by the month; the prices are on our site. What else?";
  await asOwner(after(ctx, 1), tenant, (owner) => appealHold(owner, { holdId, text }));
  return true;
}

function after(ctx: Context, hours: number): Context {
  const at = new Date(ctx.now().getTime() + hours * hourMs);
  return { ...ctx, now: () => at };
}

/** The company's id where none of its holds is there yet. */
async function withoutHolds(ctx: Context, { slug }: DemoTenant): Promise<string | null> {
  return view(ctx, async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { slug }, select: { id: true } });
    if (!tenant) return null;
    const held = await tx.connectHold.count({ where: { tenantId: tenant.id } });
    return held === 0 ? tenant.id : null;
  });
}
