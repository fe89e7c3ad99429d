"use client";

import dynamic from "next/dynamic";
import { useLocale } from "next-intl";
import { type PricePoint, thinOut } from "#components/plans/price-points";
import { Amount, formatAmount } from "#components/ui/amount";
import { Skeleton } from "#components/ui/skeleton";
import type { Currency } from "#lib/money/currency";

const CurvePlot = dynamic(
  () => import("#components/plans/curve-plot").then((part) => part.CurvePlot),
  { ssr: false, loading: Coming },
);

function Coming() {
  return (
    <div aria-busy>
      <Skeleton className="h-56 w-full" />
    </div>
  );
}

type Props = {
  points: readonly PricePoint[];
  at: PricePoint;
  currency: Currency;
  /** What the curve runs along: "API calls". */
  along: string;
  sayQuantity: (quantity: bigint) => string;
};

/** The price along a quantity: drawn for the eye, and as a table of the same points. */
export function PriceCurve({ points, at, currency, along, sayQuantity }: Props) {
  const locale = useLocale();
  return (
    <figure className="grid grid-cols-1 gap-2">
      <figcaption className="text-xs text-muted">Price of a period along {along}</figcaption>
      <div aria-hidden className="h-56 min-w-0">
        <CurvePlot
          points={points.map(toPlace)}
          at={toPlace(at)}
          sayQuantity={(quantity) => compact(quantity, locale, sayQuantity)}
          sayAmount={(amount) =>
            formatAmount({ minor: BigInt(Math.round(amount)), currency }, locale)
          }
        />
      </div>
      <details className="group text-xs">
        <summary className="w-fit cursor-pointer font-medium text-link">
          The curve as a table
        </summary>
        <table className="mt-2 w-full tabular-nums">
          <caption className="sr-only">Price of a period along {along}</caption>
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 text-start font-normal">
                {along}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {thinOut(points).map(({ quantity, minor }) => (
              <tr key={String(quantity)} className="border-t border-separator">
                <th scope="row" className="py-1 text-start font-normal">
                  {sayQuantity(quantity)}
                </th>
                <td className="py-1 text-end">
                  <Amount of={{ minor, currency }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** Where a point lies on the screen: a place to draw at, which is never said nor reckoned with. */
function toPlace({ quantity, minor: height }: PricePoint) {
  return { quantity: Number(quantity), amount: Number(height) };
}

function compact(quantity: number, locale: string, say: (quantity: bigint) => string): string {
  if (quantity < 10_000) return say(BigInt(Math.round(quantity)));
  return new Intl.NumberFormat(locale, { notation: "compact" }).format(quantity);
}
