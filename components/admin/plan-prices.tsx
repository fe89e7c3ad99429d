import { useLocale } from "next-intl";
import { formatUnitPrice } from "#components/pricing/unit-price";
import { type Column, DataTable } from "#components/ui/data-table";
import type { ComponentPrice, PlanComponent, Tier } from "#lib/catalog/plan";

/** What each component costs in every currency and interval it is offered in. */
export function PlanPrices({ components }: { components: readonly PlanComponent[] }) {
  const offers = components.flatMap(({ prices }) => prices);
  const intervals = (["month", "year"] as const).filter((interval) =>
    offers.some((offer) => offer.interval === interval),
  );
  const currencies = [...new Set(offers.map(({ currency }) => currency))].sort();
  const columns: Column<PlanComponent>[] = [
    { header: "Component", cell: (component) => <ComponentName of={component} /> },
    ...intervals.flatMap((interval) =>
      currencies
        .filter((currency) =>
          offers.some((one) => one.interval === interval && one.currency === currency),
        )
        .map(
          (currency): Column<PlanComponent> => ({
            header: `${currency.toUpperCase()} / ${interval}`,
            align: "end",
            cell: (component) => {
              const isThis = (one: ComponentPrice) =>
                one.currency === currency && one.interval === interval;
              return <Price of={component.prices.find(isThis)} component={component} />;
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
      empty={<p className="px-4 pb-4 text-muted">Costs nothing, so Stripe knows no price of it.</p>}
    />
  );
}

const kinds = { flat: "flat", seat: "per seat", usage: "by usage" } as const;

function ComponentName({ of: { name, kind, included, unit } }: { of: PlanComponent }) {
  const locale = useLocale();
  const free = BigInt(included);
  return (
    <span className="grid text-start">
      <span className="font-medium">{name}</span>
      <span className="text-xs text-muted">
        {kinds[kind]}
        {free > 0n && `, ${free.toLocaleString(locale)} ${unit ?? "units"} included`}
      </span>
    </span>
  );
}

type PriceProps = { of: ComponentPrice | undefined; component: PlanComponent };

function Price({ of, component }: PriceProps) {
  const locale = useLocale();
  if (!of) return <span className="text-muted">–</span>;
  const format = (minor: string) => formatUnitPrice(minor, of.currency, locale);
  const bounds = [
    of.minimumMinor !== null && `at least ${format(of.minimumMinor)}`,
    of.capMinor !== null && `at most ${format(of.capMinor)}`,
  ].filter(Boolean);
  return (
    <span className="grid gap-0.5 tabular-nums">
      <Amounts of={of} per={perOf(component)} format={format} />
      {bounds.length > 0 && <span className="text-xs text-muted">{bounds.join(", ")}</span>}
    </span>
  );
}

function perOf({ kind, unit }: PlanComponent): string {
  return kind === "flat" ? "" : ` per ${unit ?? "unit"}`;
}

type AmountsProps = { of: ComponentPrice; per: string; format: (minor: string) => string };

function Amounts({ of, per, format }: AmountsProps) {
  const locale = useLocale();
  if (of.model === "percentage") return <span>{of.percent} %</span>;
  if (of.model === "package") {
    const size = BigInt(of.packageSize ?? "1").toLocaleString(locale);
    return (
      <span>
        {format(of.unitMinor ?? "0")} per {size}
      </span>
    );
  }
  if (!of.tiers) return <span>{format(of.unitMinor ?? "0")}</span>;
  return (
    <span className="grid gap-0.5 text-xs">
      {of.model === "volume" && <span className="text-muted">all at the tier reached</span>}
      {of.tiers.map((tier, index) => (
        <span key={tier.upTo ?? "rest"}>
          <span className="text-muted">{rangeOf(tier, index === 0, locale)}</span>{" "}
          {tierPrice(tier, format, per)}
        </span>
      ))}
    </span>
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
