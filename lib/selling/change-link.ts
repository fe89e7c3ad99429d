import type { Tx } from "#lib/db/client";
import type { PaymentLink } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { advance } from "#lib/lifecycle";
import type { LinkWordsInput } from "#lib/selling/input";
import { type LinkStatus, type LinkView, linkLifecycle, toLink } from "#lib/selling/link";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

const eventTo = { active: "activate", paused: "pause", archived: "archive" } as const;

/** Pauses a link, opens it again or ends it. Pages opened from it are closed by the job. */
export async function switchLink(
  ctx: TenantContext,
  { linkId, to }: { linkId: string; to: LinkStatus },
): Promise<LinkView> {
  requirePermission(ctx, "payments:sell");
  return transact(ctx, "selling.switch-link", async (tx) => {
    const link = await lockLink(tx, ctx, linkId);
    if (link.status === to) return toLink(link);
    const status = advance(linkLifecycle, "link", link.status, eventTo[to]);
    const row = await tx.paymentLink.update({ where: { id: linkId }, data: { status } });
    if (status !== "active") await enqueue(tx, "selling.close-checkouts", { linkId });
    return toLink(row);
  });
}

/** Changes what a link says. What it costs never changes: shared addresses are promises. */
export async function renameLink(
  ctx: TenantContext,
  { linkId, ...words }: LinkWordsInput & { linkId: string },
): Promise<LinkView> {
  requirePermission(ctx, "payments:sell");
  return transact(ctx, "selling.rename-link", async (tx) => {
    const { status } = await lockLink(tx, ctx, linkId);
    if (status === "archived") throw new Refusal("conflict", "This link was archived.");
    return toLink(await tx.paymentLink.update({ where: { id: linkId }, data: words }));
  });
}

async function lockLink(tx: Tx, { tenantId }: TenantContext, id: string): Promise<PaymentLink> {
  await tx.$queryRaw`select from payment_links where id = ${id} for update`;
  const row = await tx.paymentLink.findFirst({ where: { id, tenantId } });
  if (!row) throw new Refusal("not_found", "There is no such payment link.");
  return row;
}
