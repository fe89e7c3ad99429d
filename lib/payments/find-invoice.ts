import { view } from "#lib/db/transaction";
import { invariant, Refusal } from "#lib/errors";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { PlatformContext } from "#lib/tenancy/context";

export type FoundInvoice = {
  id: string;
  tenantId: string;
  number: string | null;
  currency: Currency;
};

/** Whose invoice it is and in which currency; refuses one nobody knows. */
export async function findInvoice(ctx: PlatformContext, id: string): Promise<FoundInvoice> {
  const row = await view(ctx, (tx) =>
    tx.invoice.findUnique({
      where: { id },
      select: { id: true, tenantId: true, number: true, currency: true },
    }),
  );
  if (!row) throw new Refusal("not_found", "There is no such invoice.");
  const { currency } = row;
  invariant(isCurrency(currency), `invoice ${id} is in ${currency}`);
  return { ...row, currency };
}
