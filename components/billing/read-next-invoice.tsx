import { cache } from "react";
import { getNextInvoice, type NextInvoice } from "#lib/billing/get-next-invoice";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/** The next invoice, read once a request; undefined where Stripe cannot be asked right now. */
export const readNextInvoice = cache(
  (ctx: TenantContext): Promise<NextInvoice | null | undefined> =>
    getNextInvoice(ctx).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    }),
);
