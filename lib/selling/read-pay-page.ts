import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type Money, money } from "#lib/money/money";
import { whyNotSelling } from "#lib/selling/find-seller";
import { type LinkPrice, toLink } from "#lib/selling/link";
import { asSystem } from "#lib/tenancy/as-system";

/** What a payer sees at a link before they pay. */
export type PayPage = {
  seller: string;
  name: string;
  description: string;
  price: LinkPrice;
  mostQuantity: number;
  /** Why nobody can pay here now; null where they can. */
  closed: "paused" | "ended" | "sold" | "unavailable" | null;
};
/** What a payer sees after. */
export type PaidPage = {
  seller: string;
  name: string;
  amount: Money;
  isPaid: boolean;
  thanks: string;
};

/** Anybody may read it who has the address. */
export async function readPayPage(
  visitor: Context,
  { token }: { token: string },
): Promise<PayPage> {
  return view(asSystem(visitor), async (tx) => {
    const row = await tx.paymentLink.findUnique({ where: { token } });
    if (!row) throw noLink();
    const { tenantId } = row;
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    const paid = { linkId: row.id, status: "succeeded" as const };
    const sold = row.mostPayments === null ? 0 : await tx.sale.count({ where: paid });
    const { name, description, price, mostQuantity, status, mostPayments } = toLink(row);
    const closed = () => {
      if (status !== "active") return status === "paused" ? "paused" : "ended";
      if (mostPayments !== null && sold >= mostPayments) return "sold";
      return whyNotSelling(account) === null ? null : "unavailable";
    };
    return { seller: tenant.name, name, description, price, mostQuantity, closed: closed() };
  });
}

/** What became of a payer's checkout at a link. Its id, which nobody can guess, is their key. */
export async function readPaidPage(
  visitor: Context,
  { token, checkoutId }: { token: string; checkoutId: string },
): Promise<PaidPage> {
  return view(asSystem(visitor), async (tx) => {
    const row = await tx.paymentLink.findUnique({ where: { token } });
    const where = { id: checkoutId, linkId: row?.id ?? "" };
    const checkout = row && (await tx.saleCheckout.findFirst({ where }));
    if (!row || !checkout) throw noLink();
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: row.tenantId } });
    const { name, thanks, currency } = toLink(row);
    const amount = money(checkout.amountMinor, currency);
    return { seller: tenant.name, name, thanks, amount, isPaid: checkout.status === "paid" };
  });
}

function noLink(): Refusal {
  return new Refusal("not_found", "There is no such payment link.");
}
