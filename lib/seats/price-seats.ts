import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { isCurrency } from "#lib/money/currency";
import type { Money } from "#lib/money/money";
import { money } from "#lib/money/money";

export type SeatTerms = { plan: PublicPlan; interval: Interval; currency: Money["currency"] };

/** On what terms a subscription has its seats; null where its plan is not one of ours. */
export async function readSeatTerms(tx: Tx, subscriptionId: string): Promise<SeatTerms | null> {
  const row = await tx.subscription.findUnique({
    where: { id: subscriptionId },
    include: { version: { include: wholeVersion } },
    omit: { object: true },
  });
  if (!row?.version || !isCurrency(row.currency)) return null;
  const interval = row.interval as Interval;
  return { plan: toPlan(row.version), interval, currency: row.currency };
}

/** What so many seats come to over a period, before tax and discounts. */
export function priceSeats({ plan, interval, currency }: SeatTerms, seats: number): Money {
  const components = plan.components.filter(({ kind }) => kind === "seat");
  return priceOf({ components }, { interval, currency, seats }).total;
}

/** What a change of seats adds to every period from then on; below zero where it takes away. */
export function differenceOf(terms: SeatTerms, from: number, to: number): Money {
  const minor = priceSeats(terms, to).minor - priceSeats(terms, from).minor;
  return money(minor, terms.currency);
}
