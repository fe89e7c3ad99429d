import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import { startingAddOns, startingPlans } from "#lib/catalog/starting-plans";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { awaitInbox } from "#lib/events/await-inbox";
import { earnRevenue } from "#lib/ledger-rules/earn-revenue";
import { sweepPayouts } from "#lib/payouts/sweep-payouts";
import { flushUsage } from "#lib/usage/flush-usage";
import { seedApiKey } from "#prisma/seed/api-key";
import { seedBanking } from "#prisma/seed/banking";
import { demoAdmin, demoPassword, demoTenants } from "#prisma/seed/demo-world";
import { seedDraft } from "#prisma/seed/draft";
import { seedOpenHold, seedPastHold } from "#prisma/seed/holds";
import { seedLostWebhook } from "#prisma/seed/lost-webhook";
import { sales, seedOnboarding, seedSales } from "#prisma/seed/payments";
import {
  seedFailedPayout,
  seedHandPayouts,
  seedMendedBank,
  seedPlatformBank,
} from "#prisma/seed/payouts";
import { seedAdmin, seedInvitations, seedPeople } from "#prisma/seed/people";
import { type Act, seedAftermath, seedCheckout } from "#prisma/seed/purchases";
import { seedFees, seedLinks, seedRefund } from "#prisma/seed/selling";
import { reportsOf, seedLimits, seedUsage } from "#prisma/seed/usage";
import { seedPlatformWebhook, seedWebhook } from "#prisma/seed/webhook";

/** Who to try the demo as. */
export const demoSignIns = [
  { what: "Owner of Northbeam Studio", email: "ada@northbeam.test", password: demoPassword },
  { what: "Admin of the platform", email: demoAdmin.email, password: demoPassword },
];

/** Drafts the first plans and has them published by the worker. Changes nothing that is there. */
export async function seedCatalog(ctx: Context): Promise<void> {
  await seedPlans(ctx, [...startingPlans, ...startingAddOns]);
}

/**
 * Fills the local world with companies that signed up, bought, fell behind or left, all through
 * the verbs a browser calls and the webhooks that follow, in the order of their dates: the local
 * Stripe's clock begins where the first company does and is moved up to today. Web and worker run
 * meanwhile. What is there already stays.
 */
export async function seedDemo(
  ctx: Context,
  local: { sandboxUrl: string; secretKey: string },
): Promise<void> {
  await Promise.all([publishNow(ctx), seedAdmin(ctx)]);
  const act = actAt(local);
  for (const { at, run } of storyOf(act, ctx.now())) {
    await moveTo(act, at);
    if (await run({ ...ctx, now: () => at })) await settle(ctx, act);
  }
  await moveTo(act, ctx.now());
  await asToday(ctx);
  await flushUsage(ctx);
  await seedDraft(ctx);
  await settle(ctx, act);
  await sweepPayouts(ctx);
  await earnRevenue(ctx);
}

type Chapter = { at: Date; run: (then: Context) => Promise<boolean> };

/** What happened in the demo, oldest first. Each says whether Stripe has something to tell now. */
function storyOf(act: Act, now: Date): Chapter[] {
  const chapters = demoTenants.flatMap((tenant): Chapter[] => {
    const { weeksAgo, later } = tenant;
    const at = weeksBefore(now, weeksAgo);
    const buys = (then: Context) => seedCheckout(then, tenant, act);
    return [
      { at, run: (then) => seedPeople(then, tenant).then(() => false) },
      { at, run: (then) => seedWebhook(then, tenant).then(() => false) },
      { at, run: (then) => seedApiKey(then, tenant).then(() => false) },
      // Stripe's page is open for a day, so a checkout that nobody finished was begun today.
      { at: later ? at : now, run: buys },
      {
        at: later === "cancels" ? weeksBefore(now, 1) : at,
        run: (then) => seedAftermath(then, tenant),
      },
      { at: weeksBefore(now, 6), run: (then) => seedOnboarding(then, tenant, act) },
      ...sales.map((week): Chapter => {
        const run = (then: Context) => seedSales(then, tenant, week);
        return { at: weeksBefore(now, week.weeksAgo), run };
      }),
      { at: weeksBefore(now, 6), run: (then) => seedFees(then) },
      { at: weeksBefore(now, 0.8), run: (then) => seedLinks(then, tenant, act) },
      { at: weeksBefore(now, 0.7), run: (then) => seedRefund(then, tenant) },
      { at: weeksBefore(now, 2), run: (then) => seedFailedPayout(then, tenant, act) },
      { at: weeksBefore(now, 1.5), run: (then) => seedMendedBank(then, tenant) },
      { at: weeksBefore(now, 4), run: (then) => seedPastHold(then, tenant) },
      { at: weeksBefore(now, 0.5), run: (then) => seedOpenHold(then, tenant) },
      { at: weeksBefore(now, 0.4), run: (then) => seedBanking(then, tenant) },
      { at: weeksBefore(now, 0.3), run: (then) => seedLostWebhook(then, tenant, act) },
      { at: now, run: (then) => seedHandPayouts(then, tenant) },
      ...reportsOf(tenant, now).map(
        (report): Chapter => ({
          at: report.at,
          // Before time moves on to where this is billed, Stripe has heard of it.
          run: (then) => seedUsage(then, tenant, report).then(() => false),
        }),
      ),
    ];
  });
  const first = Math.max(...demoTenants.map(({ weeksAgo }) => weeksAgo));
  chapters.push({ at: weeksBefore(now, first), run: seedPlatformBank });
  chapters.push({ at: weeksBefore(now, first), run: seedPlatformWebhook });
  return chapters.sort((left, right) => left.at.getTime() - right.at.getTime());
}

/** Invitations that still wait for an answer were sent today, and limits were set. */
async function asToday(ctx: Context): Promise<void> {
  for (const tenant of demoTenants) {
    await seedInvitations(ctx, tenant);
    await seedLimits(ctx, tenant);
  }
}

/**
 * Sets the local Stripe's clock back to where the demo begins, if nothing has happened there yet.
 * Comes before the catalogue: publishing is the first thing that happens.
 */
export async function beginDemo(
  ctx: Context,
  local: { sandboxUrl: string; secretKey: string },
): Promise<void> {
  const known = await view(ctx, (tx) => tx.tenant.count());
  const weeksAgo = Math.max(...demoTenants.map((tenant) => tenant.weeksAgo));
  if (known === 0) await moveTo(actAt(local), weeksBefore(ctx.now(), weeksAgo + 1));
}

/** The worker may be at it too: whoever is first makes a thing, the other finds it. */
async function publishNow(ctx: Context): Promise<void> {
  const rows = await view(ctx, (tx) =>
    tx.planVersion.findMany({ where: { status: "publishing" } }),
  );
  await Promise.all(rows.map(({ id: versionId }) => runPublishing(ctx, { versionId })));
}

/** Moves the local Stripe's time, renewals and all. Where it is in use and later, it stays. */
async function moveTo(act: Act, instant: Date): Promise<void> {
  const to = Math.floor(instant.getTime() / 1000);
  const { now } = (await act("clock", { advance_seconds: 0 })) as { now: number };
  if (to > now) await act("clock", { to });
  else await act("clock", { to }).catch(() => {});
}

/** Every webhook was delivered once, and what it led to is in the mirrors. */
async function settle(ctx: Context, act: Act): Promise<void> {
  await act("settle");
  await awaitInbox(ctx);
}

function actAt({ sandboxUrl, secretKey }: { sandboxUrl: string; secretKey: string }): Act {
  return async (path, body = {}) => {
    const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The local Stripe refused ${path}: ${await response.text()}`);
    return response.json();
  };
}

function weeksBefore(now: Date, weeks: number): Date {
  return new Date(now.getTime() - weeks * 7 * 86_400_000);
}
