import { useLocale } from "next-intl";
import { formatUnitPrice } from "#components/pricing/unit-price";
import { type Column, DataTable } from "#components/ui/data-table";
import type { PlanComponent, PriceOffer, Tier } from "#lib/catalog/plan";

/** What each component costs in every currency and interval it is offered in. */
export function PlanPrices({ components }: { components: readonly PlanComponent[] }) {
  const offers = components.flatMap(({ prices }) => prices);
  const intervals = (["month", "year"] as const).filter((interval) =>
    offers.some((offer) => offer.interval === interval),
  );
  const currencies = [...new Set(offers.map(({ currency }) => currency))].sort();
  const columns: Column<PlanComponent>[] = [
    { header: "Component", cell: ({ name, kind }) => <ComponentName name={name} kind={kind} /> },
    ...intervals.flatMap((interval) =>
      currencies.map(
        (currency): Column<PlanComponent> => ({
          header: `${currency.toUpperCase()} / ${interval}`,
          align: "end",
          cell: (component) => {
            const isThis = (one: PriceOffer) =>
              one.currency === currency && one.interval === interval;
            return <Price of={component.prices.find(isThis)} per={perOf(component)} />;
          },
        }),
      ),
    ),
  ];
  return (
    <DataTable
      caption="Prices"
      columns={columns}
      rows={components}
      rowKey={({ key }) => key}
      empty={<p className="px-4 text-muted">Costs nothing, so Stripe knows no price of it.</p>}
    />
  );
}

const kinds = { flat: "flat", seat: "per seat", usage: "by usage" } as const;

function ComponentName({ name, kind }: Pick<PlanComponent, "name" | "kind">) {
  return (
    <span className="grid text-start">
      <span className="font-medium">{name}</span>
      <span className="text-xs text-muted">{kinds[kind]}</span>
    </span>
  );
}

function perOf({ kind, unit }: PlanComponent): string {
  return kind === "flat" ? "" : ` per ${unit ?? "unit"}`;
}

function Price({ of, per }: { of: PriceOffer | undefined; per: string }) {
  const locale = useLocale();
  if (!of) return <span className="text-muted">–</span>;
  const format = (minor: string) => formatUnitPrice(minor, of.currency, locale);
  if (!of.tiers) return <span className="tabular-nums">{format(of.unitMinor ?? "0")}</span>;
  return (
    <ul className="grid gap-0.5 text-xs tabular-nums">
      {of.tiers.map((tier, index) => (
        <li key={tier.upTo ?? "rest"}>
          <span className="text-muted">{rangeOf(tier, index === 0, locale)}</span>{" "}
          {tierPrice(tier, format, per)}
        </li>
      ))}
    </ul>
  );
}

function rangeOf({ upTo }: Tier, isFirst: boolean, locale: string): string {
  if (upTo === null) return isFirst ? "all" : "above";
  return `${isFirst ? "first" : "up to"} ${BigInt(upTo).toLocaleString(locale)}`;
}

function tierPrice(tier: Tier, format: (minor: string) => string, per: string): string {
  const hasFlat = Number(tier.flatMinor) > 0;
  const hasUnit = Number(tier.unitMinor) > 0;
  if (!hasFlat && !hasUnit) return "included";
  const flat = hasFlat ? format(tier.flatMinor) : "";
  const unit = hasUnit ? `${format(tier.unitMinor)}${per}` : "";
  return [flat, unit].filter(Boolean).join(" + ");
}
