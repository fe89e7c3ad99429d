import type { PaymentLink } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import type { Lifecycle } from "#lib/lifecycle";
import type { Currency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { type Money, money } from "#lib/money/money";
import type { ChargeKind } from "#lib/selling/kind";

export type LinkStatus = "active" | "paused" | "archived";

/** An archived link never takes a payment again; its payments stay. */
export const linkLifecycle = {
  active: { pause: "paused", archive: "archived" },
  paused: { activate: "active", archive: "archived" },
  archived: {},
} as const satisfies Lifecycle<LinkStatus, "pause" | "activate" | "archive">;

/** What one payment at a link is for: a price, or what the payer chooses between two. */
export type LinkPrice = { fixed: Money } | { least: Money; most: Money };

export type LinkView = {
  id: string;
  /** The end of its address: `/pay/{token}`. */
  token: string;
  status: LinkStatus;
  name: string;
  description: string;
  kind: ChargeKind;
  currency: Currency;
  price: LinkPrice;
  mostQuantity: number;
  mostPayments: number | null;
  collectsAddress: boolean;
  collectsPhone: boolean;
  thanks: string;
  createdAt: Date;
};

export function toLink(row: PaymentLink): LinkView {
  const { id, token, status, name, description, kind, mostQuantity, mostPayments } = row;
  const { collectsAddress, collectsPhone, thanks, createdAt } = row;
  return {
    ...{ id, token, status, name, description, kind, mostQuantity, mostPayments },
    ...{ collectsAddress, collectsPhone, thanks, createdAt },
    ...{ currency: row.currency as Currency, price: priceOf(row) },
  };
}

function priceOf({ amountMinor, leastMinor, mostMinor, ...row }: PaymentLink): LinkPrice {
  const of = (minor: bigint | null) => money(minor!, row.currency as Currency);
  if (amountMinor !== null) return { fixed: of(amountMinor) };
  return { least: of(leastMinor), most: of(mostMinor) };
}

/** What a payer is to pay. Refuses what the link does not offer, saying what it does. */
export function priceChosen(
  { price, mostQuantity }: Pick<LinkView, "price" | "mostQuantity">,
  { quantity, minor }: { quantity: number; minor?: bigint | undefined },
): { unit: Money; total: Money } {
  if (quantity > mostQuantity) {
    throw new Refusal("invalid", `At most ${mostQuantity} can be bought at once.`, {
      field: "quantity",
    });
  }
  const unit = unitChosen(price, minor);
  return { unit, total: money(unit.minor * BigInt(quantity), unit.currency) };
}

function unitChosen(price: LinkPrice, minor: bigint | undefined): Money {
  if ("fixed" in price) return price.fixed;
  const { least, most } = price;
  if (minor !== undefined && minor >= least.minor && minor <= most.minor) {
    return money(minor, least.currency);
  }
  const range = `from ${formatMoney(least)} to ${formatMoney(most)}`;
  throw new Refusal("invalid", `Choose an amount ${range}.`, { field: "minor" });
}
