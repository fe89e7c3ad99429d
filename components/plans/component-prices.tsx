"use client";

import { useContext, useEffect, useState } from "react";
import {
  copyPrice,
  emptyPrice,
  type FormComponent,
  type FormPrice,
  type OfferKey,
  offerLabel,
} from "#components/plans/draft-form";
import { PriceFields } from "#components/plans/price-fields";
import { Button } from "#components/ui/button";
import { FormErrors } from "#components/ui/form-errors";

type Props = {
  /** Where the component stands in what is sent: "components.0". */
  name: string;
  component: FormComponent;
  offers: readonly OfferKey[];
  onChange: (component: FormComponent) => void;
};

/** The component's price wherever the version is sold: small ones in a row, tiers one at a time. */
export function ComponentPrices({ name, component, offers, onChange }: Props) {
  const change = (offer: OfferKey, part: Partial<FormPrice>) => {
    const price = { ...(component.prices[offer] ?? emptyPrice()), ...part };
    onChange({ ...component, prices: { ...component.prices, [offer]: price } });
  };
  const fieldsOf = (offer: OfferKey, index: number) => (
    <PriceFields
      name={`${name}.prices.${index}`}
      component={component}
      offer={offer}
      price={component.prices[offer] ?? emptyPrice()}
      onChange={(part) => change(offer, part)}
    />
  );
  if (component.kind === "flat") {
    return (
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9rem),1fr))] gap-3">
        {offers.map((offer, index) => (
          <div key={offer}>{fieldsOf(offer, index)}</div>
        ))}
      </div>
    );
  }
  return (
    <OneAtATime name={name} offers={offers} fieldsOf={fieldsOf}>
      {(offer) =>
        offers.length > 1 && (
          <Button variant="ghost" size="sm" onPress={() => onChange(copyPrice(component, offer))}>
            Copy to the other {offers.length - 1}
          </Button>
        )
      }
    </OneAtATime>
  );
}

/** Tabs that keep every panel in the form, and come forward when the server refused theirs. */
function OneAtATime(props: {
  name: string;
  offers: readonly OfferKey[];
  fieldsOf: (offer: OfferKey, index: number) => React.ReactNode;
  children: (offer: OfferKey) => React.ReactNode;
}) {
  const { name, offers, fieldsOf, children } = props;
  const errors = useContext(FormErrors);
  const [open, setOpen] = useState(0);
  const faulty = offers.map((_, index) =>
    Object.keys(errors).some((field) => field.startsWith(`${name}.prices.${index}.`)),
  );
  const firstFaulty = faulty.indexOf(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer of the server
  useEffect(() => {
    if (firstFaulty >= 0) setOpen(firstFaulty);
  }, [errors]);
  const at = Math.min(open, offers.length - 1);
  return (
    <div className="grid grid-cols-1 gap-3">
      {offers.length > 1 && (
        <div className="flex flex-wrap items-center gap-1">
          {offers.map((offer, index) => (
            <button
              key={offer}
              type="button"
              aria-pressed={index === at}
              onClick={() => setOpen(index)}
              className="h-8 cursor-pointer rounded-sm px-2 text-muted hover:bg-default aria-pressed:bg-default aria-pressed:font-medium aria-pressed:text-foreground pointer-coarse:h-10"
            >
              {offerLabel(offer)}
              {faulty[index] && <span className="text-danger"> ▲ to mend</span>}
            </button>
          ))}
          <span className="ms-auto">{offers[at] && children(offers[at])}</span>
        </div>
      )}
      {offers.map((offer, index) => (
        <fieldset key={offer} hidden={index !== at}>
          <legend className="sr-only">{offerLabel(offer)}</legend>
          {fieldsOf(offer, index)}
        </fieldset>
      ))}
    </div>
  );
}
