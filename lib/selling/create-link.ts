import { randomBytes } from "node:crypto";
import { standingOf, type V2Account } from "#lib/connect/standing";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Currency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { whyNotSelling } from "#lib/selling/find-seller";
import type { LinkInput } from "#lib/selling/input";
import { kindsOf } from "#lib/selling/kind";
import { type LinkView, toLink } from "#lib/selling/link";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Makes a link that can be paid at once. Only where the account takes payments. */
export async function createLink(ctx: TenantContext, input: LinkInput): Promise<LinkView> {
  requirePermission(ctx, "payments:sell");
  const { minor, leastMinor, mostMinor, kind: asked, mostPayments, ...words } = input;
  const prices = pricesOf(input);
  const { tenantId, userId: createdById } = ctx;
  return transact(ctx, "selling.create-link", async (tx) => {
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    const why = whyNotSelling(account);
    if (why !== null || account === null) throw new Refusal("conflict", why ?? "");
    const kinds = kindsOf(account.profile);
    const kind = asked ?? kinds[0]!;
    if (!kinds.includes(kind)) {
      const message = `This account sells by ${kinds.join(" or ")} charges.`;
      throw new Refusal("invalid", message, { field: "kind" });
    }
    if (kind !== "direct") await requireTransfers(tx, account.accountId);
    const createdAt = ctx.now();
    const row = await tx.paymentLink.create({
      data: {
        ...{ ...words, ...prices, kind, tenantId, createdById, createdAt, status: "active" },
        ...{ id: newId("paymentLink", createdAt), token: randomBytes(9).toString("base64url") },
        ...(mostPayments !== undefined && { mostPayments }),
      },
    });
    return toLink(row);
  });
}

/**
 * Stripe takes at most eight digits.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const mostOfPayment = 99_999_999n;
/** The least Stripe takes of a card, in minor units, by the same page. */
const leastOfPayment: Record<Currency, bigint> = {
  ...{ usd: 50n, eur: 50n, gbp: 30n, chf: 50n, jpy: 50n, brl: 50n, sgd: 50n, kwd: 500n },
};

function pricesOf({ minor, leastMinor, mostMinor, ...input }: LinkInput) {
  const { currency, mostQuantity } = input;
  const [least, most] = minor === undefined ? [leastMinor, mostMinor] : [minor, minor];
  if (least === undefined || most === undefined) {
    const message = "Say what it costs, or from what to what the payer chooses.";
    throw new Refusal("invalid", message, { field: "minor" });
  }
  if (minor !== undefined && (leastMinor ?? mostMinor) !== undefined) {
    const message = "It has one price, or the payer chooses; not both.";
    throw new Refusal("invalid", message, { field: "leastMinor" });
  }
  if (most < least) {
    throw new Refusal("invalid", "The highest amount is below the lowest.", { field: "mostMinor" });
  }
  const floor = leastOfPayment[currency];
  if (least < floor) {
    const message = `Stripe takes no payment below ${formatMoney(money(floor, currency))}.`;
    const field = minor === undefined ? "leastMinor" : "minor";
    throw new Refusal("invalid", message, { field });
  }
  if (most * BigInt(mostQuantity) > mostOfPayment) {
    const limit = formatMoney(money(mostOfPayment, currency));
    const message = `One payment may come to at most ${limit}.`;
    throw new Refusal("invalid", message, { field: minor === undefined ? "mostMinor" : "minor" });
  }
  return minor === undefined
    ? { leastMinor: least, mostMinor: most, amountMinor: null }
    : { amountMinor: minor };
}

/** Money is passed on only to an account that may be sent some. */
async function requireTransfers(tx: Tx, id: string): Promise<void> {
  const where = { account_id: { account: "", id } };
  const mirror = await tx.stripeV2Account.findUnique({ where, select: { object: true } });
  const standing = mirror && standingOf(mirror.object as unknown as V2Account);
  const able = standing?.capabilities.some(
    ({ name, status }) => name.endsWith("stripe_transfers") && status === "active",
  );
  if (able) return;
  const message = "This account may not be sent money, so it sells by direct charges alone.";
  throw new Refusal("conflict", message, { field: "kind" });
}
