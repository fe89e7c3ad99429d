"use client";

import { CellField } from "#components/plans/cell-field";
import type { FormComponent, FormPrice, OfferKey } from "#components/plans/draft-form";
import { offerLabel, offerOf } from "#components/plans/draft-form";
import { TierTable } from "#components/plans/tier-table";

type Props = {
  /** Where this price stands in what is sent: "components.0.prices.1". */
  name: string;
  component: Pick<FormComponent, "kind" | "name" | "unit">;
  offer: OfferKey;
  price: FormPrice;
  onChange: (part: Partial<FormPrice>) => void;
};

/** What a component costs in one currency and interval, with the fields of its model. */
export function PriceFields(props: Props) {
  const { component } = props;
  return (
    <div className="grid grid-cols-1 gap-3">
      <ModelFields {...props} />
      {component.kind === "usage" && <BoundFields {...props} />}
    </div>
  );
}

function ModelFields({ name, component, offer, price, onChange }: Props) {
  const currency = offerOf(offer).currency.toUpperCase();
  const unit = component.unit || "unit";
  const field = { hideLabel: false, inputMode: "decimal" } as const;
  const each = (label: string) => (
    <CellField
      {...field}
      name={`${name}.unitMinor`}
      label={label}
      value={price.unit}
      placeholder="0.00"
      onChange={(next) => onChange({ unit: next })}
    />
  );
  switch (price.model) {
    case "per_unit":
      return each(component.kind === "flat" ? offerLabel(offer) : `Each ${unit}, ${currency}`);
    case "package":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          {each(`Each package, ${currency}`)}
          <CellField
            {...field}
            name={`${name}.packageSize`}
            label="Units in a package"
            value={price.packageSize}
            inputMode="numeric"
            onChange={(packageSize) => onChange({ packageSize })}
          />
        </div>
      );
    case "percentage":
      return (
        <CellField
          {...field}
          name={`${name}.percent`}
          label="Share, %"
          value={price.percent}
          placeholder="2.9"
          onChange={(percent) => onChange({ percent })}
        />
      );
    default:
      return (
        <TierTable
          name={`${name}.tiers`}
          label={`Tiers of ${component.name}, ${offerLabel(offer)}`}
          currency={currency}
          unit={component.unit}
          tiers={price.tiers}
          onChange={(tiers) => onChange({ tiers })}
        />
      );
  }
}

function BoundFields({ name, offer, price, onChange }: Props) {
  const currency = offerOf(offer).currency.toUpperCase();
  const field = { hideLabel: false, inputMode: "decimal", placeholder: "none" } as const;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <CellField
        {...field}
        name={`${name}.minimumMinor`}
        label={`At least per period, ${currency}`}
        value={price.minimum}
        onChange={(minimum) => onChange({ minimum })}
      />
      <CellField
        {...field}
        name={`${name}.capMinor`}
        label={`At most per period, ${currency}`}
        value={price.cap}
        onChange={(cap) => onChange({ cap })}
      />
    </div>
  );
}
