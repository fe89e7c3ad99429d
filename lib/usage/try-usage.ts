import { z } from "zod";
import { isLiveMode } from "#lib/env";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import type { UsageReceipt } from "#lib/usage/event";
import { takeUsage } from "#lib/usage/take-usage";

export const tryUsageInput = z.object({
  meter: z.string().min(1).max(100),
  value: z.string().trim().min(1).max(40).optional(),
  unique: z.string().trim().min(1).max(255).optional(),
});

/**
 * One event from the browser, to see usage arrive before any code is written. It is counted like
 * any other, so there is none in live mode; a refusal says the field and the mend.
 */
export async function tryUsage(
  ctx: TenantContext,
  { meter, value, unique }: z.output<typeof tryUsageInput>,
): Promise<UsageReceipt & { key: string }> {
  requirePermission(ctx, "usage:write");
  if (isLiveMode()) {
    const message = "Usage is tried in test mode alone: here it would be billed. Use an API key.";
    throw new Refusal("forbidden", message);
  }
  const key = `try_${newId("trace", ctx.now()).slice(4)}`;
  const event = { key, meter, ...(value && { value }), ...(unique && { unique }) };
  const receipt = await takeUsage(ctx, event);
  const [refused] = receipt.refused;
  if (refused) throw new Refusal(refused.code, refused.detail, { field: refused.field });
  return { ...receipt, key };
}
