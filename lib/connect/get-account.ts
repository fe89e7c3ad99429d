import { confirmTimes, type Policy } from "#lib/connect/hold-rules";
import type { ProfileName } from "#lib/connect/profile";
import { type HoldView, readHolds } from "#lib/connect/read-holds";
import { readPolicy } from "#lib/connect/read-policy";
import { type Requirement, type Standing, standingOf, type V2Account } from "#lib/connect/standing";
import type { ConnectEvent, ConnectStatus } from "#lib/connect/status";
import { referenceOfWish } from "#lib/connect/tell-reconnect";
import type { ConnectedAccount } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type ConnectStep = {
  id: string;
  from: ConnectStatus;
  to: ConnectStatus;
  event: ConnectEvent;
  cause: string;
  at: Date;
};
/** A tenant's account as its people see it. */
export type AccountView = {
  status: ConnectStatus;
  /** How it was set up at Stripe; null where it was not. */
  profile: ProfileName | null;
  /** When somebody asked that a disconnected account be connected again. */
  reconnectAskedAt: Date | null;
  since: Date | null;
  activeAt: Date | null;
  suspension: string | null;
  dueAt: Date | null;
  requirements: Requirement[];
  capabilities: Standing["capabilities"];
  timeline: ConnectStep[];
  /** What the platform stops now, and what it did. */
  paymentsHeld: boolean;
  payoutsHeld: boolean;
  holds: HoldView[];
  /** Where somebody should say that the details are right: since when, and when payouts stop. */
  confirm: { askedAt: Date; stopsAt: Date } | null;
};

const shownSteps = 20;

/** What stands with the tenant's payments: its status, what Stripe asks, and how it came here. */
export async function getAccount(ctx: TenantContext): Promise<AccountView> {
  requirePermission(ctx, "connect:read");
  const { tenantId } = ctx;
  return view(ctx, async (tx) => {
    const kept = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (!kept) return invited;
    const mirror = await tx.stripeV2Account.findUnique({
      where: { account_id: { account: "", id: kept.accountId } },
      select: { object: true },
    });
    const steps = await tx.connectTransition.findMany({
      ...{ where: { tenantId }, orderBy: [{ at: "desc" }, { id: "desc" }], take: shownSteps },
    });
    const isShown = mirror !== null && kept.status !== "disconnected";
    const standing = isShown ? standingOf(mirror.object as unknown as V2Account) : null;
    const { status, since, activeAt, suspension, dueAt, paymentsHeld, payoutsHeld } = kept;
    const wish = await tx.fact.findUnique({ where: { reference: referenceOfWish(kept) } });
    return {
      ...{ profile: kept.profile as ProfileName, reconnectAskedAt: wish?.at ?? null },
      ...{ paymentsHeld, payoutsHeld, holds: await readHolds(tx, tenantId) },
      confirm: confirmOf(kept, await readPolicy(tx), ctx.now()),
      ...{ status, since, activeAt, suspension, dueAt },
      requirements: standing?.requirements ?? [],
      capabilities: standing?.capabilities ?? [],
      timeline: steps.map(({ id, from, to, event, cause, at }) => {
        return { id, from, to, event: event as ConnectEvent, cause, at };
      }),
    };
  });
}

function confirmOf(
  { activeAt, confirmedAt }: ConnectedAccount,
  policy: Policy,
  now: Date,
): AccountView["confirm"] {
  const last = {
    activeAt: activeAt?.toISOString() ?? null,
    confirmedAt: confirmedAt?.toISOString() ?? null,
  };
  const times = confirmTimes(last, policy);
  return times && times.askedAt <= now ? times : null;
}

const invited: AccountView = {
  ...{ profile: null, reconnectAskedAt: null },
  ...{ paymentsHeld: false, payoutsHeld: false, holds: [], confirm: null },
  ...{ status: "invited", since: null, activeAt: null, suspension: null, dueAt: null },
  ...{ requirements: [], capabilities: [], timeline: [] },
};
