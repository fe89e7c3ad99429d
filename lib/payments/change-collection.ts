import { z } from "zod";
import {
  type Collection,
  collectionId,
  readCollection,
  taxCollections,
} from "#lib/billing/collection";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { isSwitchable } from "#lib/payments/payment-methods";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const taxInput = z.object({ tax: z.enum(taxCollections) });
export type TaxInput = z.output<typeof taxInput>;

export const methodWishInput = z.object({
  method: z.string().refine(isSwitchable, "is not a way to pay that Stripe lets be switched"),
  /** Null leaves it to Stripe from now on. */
  isOn: z.boolean().nullable(),
});
export type MethodWishInput = z.output<typeof methodWishInput>;

/**
 * Sets from when on Stripe Tax counts. It is looked first whether Stripe can: with tax wanted and
 * nothing set up, no page would open. `all` and `off` reach the plans there are, by a job.
 */
export async function changeTax(
  ctx: PlatformContext,
  { tax }: TaxInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePlatform(ctx, "money:update");

  if (tax !== "off") {
    const { isReady, missing } = await gateway.readTaxSetup();
    if (!isReady) {
      const what = missing.length > 0 ? ` It lacks: ${missing.join(", ")}.` : "";
      throw new Refusal("conflict", `Stripe Tax is not set up yet.${what} Set it up at Stripe.`, {
        field: "tax",
      });
    }
  }
  await transact(ctx, "payments.change-tax", async (tx) => {
    await save(tx, ctx, { tax, taxToldAt: null });
    await enqueue(tx, "payments.tax-subscriptions", {}, { key: "payments.tax-subscriptions" });
  });
}

/** Switches a way to pay on or off for every page that is opened from now on. */
export async function changeMethod(
  ctx: PlatformContext,
  { method, isOn }: MethodWishInput,
): Promise<void> {
  requirePlatform(ctx, "money:update");

  await transact(ctx, "payments.change-method", async (tx) => {
    // Two who switch at once: the second waits here, and keeps what the first switched.
    await tx.$queryRaw`select 1 from collection_settings where id = ${collectionId} for update`;
    const { [method]: _before, ...others } = (await readCollection(tx)).methods;
    const methods = isOn === null ? { ...others } : { ...others, [method]: isOn };
    if (methods.card === false && !Object.values(methods).some(Boolean)) {
      const message =
        "Without cards nothing would be left to pay with. Switch another way on first.";
      throw new Refusal("conflict", message, { field: "method" });
    }
    await save(tx, ctx, { methods, methodsToldAt: null });
    await enqueue(tx, "payments.keep-methods", {}, { key: "payments.keep-methods" });
  });
}

type Changes = Partial<Pick<Collection, "tax" | "methods">> & {
  taxToldAt?: null;
  methodsToldAt?: null;
};

async function save(tx: Tx, ctx: PlatformContext, changes: Changes): Promise<void> {
  const data = { ...changes, changedById: ctx.userId, changedAt: ctx.now() };
  await tx.collectionSettings.upsert({
    where: { id: collectionId },
    create: { id: collectionId, ...data },
    update: data,
  });
}
