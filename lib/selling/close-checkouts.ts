import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import type { Fact } from "#lib/events/converger";
import { enqueue } from "#lib/jobs/enqueue";
import { whyNotSelling } from "#lib/selling/find-seller";
import { isOutOfReach } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";

type Whose = { linkId?: string | undefined; tenantId?: string | undefined };
const atOnce = 200;

/**
 * Closes the pages that payers have open where their link or account takes no payments any more,
 * and notes those whose hour has passed. What was paid in the meantime stays paid.
 */
export async function closeCheckouts(
  ctx: Context,
  { linkId, tenantId }: Whose,
  gateway: StripeGateway,
): Promise<void> {
  const system = asSystem(ctx);
  if (tenantId && (await mayStillSell(system, tenantId))) return;
  const isAny = linkId === undefined && tenantId === undefined;
  const open = await view(system, (tx) =>
    tx.saleCheckout.findMany({
      where: {
        status: "open",
        ...(linkId && { linkId }),
        ...(tenantId && { tenantId }),
        ...(isAny && { expiresAt: { lt: system.now() } }),
      },
      orderBy: { createdAt: "asc" },
      take: atOnce,
    }),
  );
  for (const { id, stripeSessionId, kind, accountId } of open) {
    const account = kind === "direct" ? accountId : "";
    const asked = stripeSessionId && { sessionId: stripeSessionId, account };
    const end = asked ? await expire(gateway, asked) : "expired";
    if (end === "paid") continue; // The charge's own fact says so.
    await transact(system, "selling.close-checkout", (tx) =>
      tx.saleCheckout.updateMany({ where: { id, status: "open" }, data: { status: "expired" } }),
    );
  }
}

/** One of an account that was disconnected is out of our hands, and sells nothing for us. */
async function expire(
  gateway: StripeGateway,
  asked: Parameters<StripeGateway["expireSaleSession"]>[0],
) {
  try {
    return await gateway.expireSaleSession(asked);
  } catch (error) {
    if (isOutOfReach(error)) return "expired";
    throw error;
  }
}

/** An account that lost what it takes money with keeps nobody at a page they could pay on. */
export async function askToClose(tx: Tx, { tenantId }: Fact): Promise<void> {
  if (tenantId === null) return;
  await enqueue(tx, "selling.close-checkouts", { tenantId }, { key: `close-sales:${tenantId}` });
}

/** One that takes money again has done what was refused in the meantime. */
export async function askToResume(tx: Tx, { tenantId }: Fact): Promise<void> {
  if (tenantId === null) return;
  await enqueue(tx, "selling.resume", { tenantId }, { key: `resume-sales:${tenantId}` });
}

async function mayStillSell(system: Context, tenantId: string): Promise<boolean> {
  const account = await view(system, (tx) =>
    tx.connectedAccount.findUnique({ where: { tenantId } }),
  );
  return whyNotSelling(account) === null;
}
