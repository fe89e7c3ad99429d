import { askToApply } from "#lib/connect/keep-holds";
import { standingOf, type V2Account } from "#lib/connect/standing";
import { isOver } from "#lib/connect/status";
import { tellHolds } from "#lib/connect/tell-holds";
import type { Context } from "#lib/context";
import { type ConnectedAccount, Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { convergeNow } from "#lib/events/converge-now";
import type { Effects } from "#lib/events/converger";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PayoutSchedule } from "#lib/stripe/gateway-connect";
import { asSystem } from "#lib/tenancy/as-system";

/** So long one run tells Stripe; after that it is taken to have been cut off. */
const claimMs = 5 * 60_000;

/**
 * Brings Stripe to what a tenant's holds stop now, and tells people of them. Payouts stop by a
 * schedule of none; payments by capabilities that are asked for no more. What Stripe had before is
 * kept first and given back when nothing stops it. One run at a time: it goes on with what changes
 * meanwhile, so another that comes has nothing to do but to look again after it, in case it was cut
 * off. What Stripe refuses is kept in its words: on our side the hold stands all the same.
 */
export async function applyHolds(
  ctx: Context,
  { tenantId }: { tenantId: string },
  gateway: StripeGateway,
  effects: Effects,
): Promise<void> {
  const system = asSystem(ctx);
  await transact(system, "connect.tell-holds", (tx) => tellHolds(tx, system, tenantId, effects));
  for (let account = await claim(system, tenantId); account; ) {
    const claimed = account;
    const error = await bringAbout(system, claimed, gateway).catch(async (failure: unknown) => {
      await giveUp(system, claimed);
      throw failure;
    });
    account = await finish(system, claimed, error);
  }
}

/**
 * The account where Stripe has to hear of a change; nobody else tells it meanwhile. Where another
 * run does, a job is left to look again when that should long have ended.
 */
async function claim(system: Context, tenantId: string): Promise<ConnectedAccount | null> {
  const now = system.now();
  return transact(system, "connect.claim-holds", async (tx) => {
    const kept = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (!kept || kept.holdsVersion === kept.holdsApplied) return null;
    if (isOver(kept.status)) return null;
    const free = { OR: [{ holdsClaimed: null }, { holdsClaimed: { lt: now } }] };
    const holdsClaimed = new Date(now.getTime() + claimMs);
    const { count } = await tx.connectedAccount.updateMany({
      ...{ where: { tenantId, ...free }, data: { holdsClaimed } },
    });
    if (count > 0) return { ...kept, holdsClaimed };
    await askToApply(tx, tenantId, kept.holdsClaimed ?? now);
    return null;
  });
}

/** Leaves it to the next run at once: what was thrown says that this one ends here. */
function giveUp(system: Context, { tenantId, holdsClaimed }: ConnectedAccount) {
  return transact(system, "connect.give-up-holds", (tx) =>
    tx.connectedAccount.updateMany({
      ...{ where: { tenantId, holdsClaimed }, data: { holdsClaimed: null } },
    }),
  );
}

/** Stripe's refusal in its words, or null where all was done. */
async function bringAbout(
  system: Context,
  account: ConnectedAccount,
  gateway: StripeGateway,
): Promise<string | null> {
  try {
    await bringPayouts(system, account, gateway);
    await bringPayments(system, account, gateway);
    const objectId = account.accountId;
    await convergeNow(system, [{ objectType: "v2.core.account", objectId }]);
    return null;
  } catch (error) {
    if (isStripesNo(error)) return messageOf(error);
    throw error;
  }
}

async function bringPayouts(
  system: Context,
  { tenantId, accountId, payoutsHeld, heldSchedule }: ConnectedAccount,
  gateway: StripeGateway,
): Promise<void> {
  if (!payoutsHeld) {
    if (!heldSchedule) return;
    await gateway.setPayoutSchedule(accountId, heldSchedule as unknown as PayoutSchedule);
    return;
  }
  if (!heldSchedule) {
    const schedule = (await gateway.getPayoutSchedule(accountId)) ?? { interval: "daily" };
    const kept = schedule as unknown as Prisma.InputJsonValue;
    await keepBefore(system, tenantId, { heldSchedule: kept });
  }
  await gateway.setPayoutSchedule(accountId, { interval: "manual" });
}

async function bringPayments(
  system: Context,
  { tenantId, accountId, paymentsHeld, heldCapabilities }: ConnectedAccount,
  gateway: StripeGateway,
): Promise<void> {
  if (!paymentsHeld) {
    if (heldCapabilities.length === 0) return;
    await gateway.requestCapabilities(accountId, heldCapabilities, true);
    return;
  }
  let names = heldCapabilities;
  if (names.length === 0) {
    names = await readCapabilities(system, accountId);
    await keepBefore(system, tenantId, { heldCapabilities: names });
  }
  if (names.length > 0) await gateway.requestCapabilities(accountId, names, false);
}

/** What takes or is sent money. Payouts are stopped apart from it. */
async function readCapabilities(system: Context, id: string): Promise<string[]> {
  const mirror = await view(system, (tx) =>
    tx.stripeV2Account.findUnique({ where: { account_id: { account: "", id } } }),
  );
  if (!mirror) return [];
  const { capabilities } = standingOf(mirror.object as unknown as V2Account);
  return capabilities.map(({ name }) => name).filter((name) => !name.endsWith(".payouts"));
}

function keepBefore(
  system: Context,
  tenantId: string,
  data: Pick<Prisma.ConnectedAccountUpdateInput, "heldSchedule" | "heldCapabilities">,
) {
  return transact(system, "connect.keep-before-hold", (tx) =>
    tx.connectedAccount.update({ where: { tenantId }, data }),
  );
}

/** Writes down that Stripe knows, and what it has back. Answers what changed since, to go on. */
async function finish(
  system: Context,
  { tenantId, holdsVersion, paymentsHeld, payoutsHeld }: ConnectedAccount,
  error: string | null,
): Promise<ConnectedAccount | null> {
  return transact(system, "connect.apply-holds", async (tx) => {
    const isSame = { tenantId, holdsVersion };
    const { count } = await tx.connectedAccount.updateMany({
      where: isSame,
      data: {
        ...{ holdsApplied: holdsVersion, holdsClaimed: null, holdsError: error },
        ...(!paymentsHeld && !error && { heldCapabilities: [] }),
        ...(!payoutsHeld && !error && { heldSchedule: Prisma.DbNull }),
      },
    });
    if (count > 0) return null;
    return tx.connectedAccount.findUniqueOrThrow({ where: { tenantId } });
  });
}
