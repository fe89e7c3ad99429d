import { formatAmount } from "#components/ui/amount";
import type { CouponView } from "#lib/catalog/coupon";

type Off = Pick<CouponView, "percentOff" | "amountsOff">;

/** "20 % off", or what it takes off in each currency. */
export function sayOff({ percentOff, amountsOff }: Off): string {
  if (percentOff !== null) return `${percentOff} % off`;
  const amounts = (amountsOff ?? []).map((amount) => formatAmount(amount, "en"));
  return `${amounts.join(" or ")} off`;
}

/** "on the first invoice", "for 3 months", "on every invoice" */
export function sayDuration({ duration, months }: Pick<CouponView, "duration" | "months">): string {
  if (duration === "once") return "on the first invoice";
  if (duration === "forever") return "on every invoice";
  return months === 1 ? "for 1 month" : `for ${months} months`;
}

/** "3 of 100", or how often alone where there is no end. */
export function sayRedeemed(of: { timesRedeemed: number; maxRedemptions: number | null }): string {
  const times = of.timesRedeemed.toLocaleString("en");
  return of.maxRedemptions === null
    ? times
    : `${times} of ${of.maxRedemptions.toLocaleString("en")}`;
}
