"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import {
  addOffer,
  type DraftForm,
  type OfferKey,
  offerLabel,
  removeOffer,
} from "#components/plans/draft-form";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";
import { intervals } from "#lib/catalog/plan";
import { currencies } from "#lib/money/currency";

type Props = { form: DraftForm; onChange: (form: DraftForm) => void };

/** Where the version is sold: pairs of currency and interval, each priced by every component. */
export function OffersField({ form, onChange }: Props) {
  const all = Object.keys(currencies).flatMap((currency) =>
    intervals.map((interval) => `${currency}/${interval}` as OfferKey),
  );
  const free = all.filter((offer) => !form.offers.includes(offer));
  const [wanted, setWanted] = useState<OfferKey>();
  const next = free.find((offer) => offer === wanted) ?? free[0];
  return (
    <div className="grid gap-3">
      <ul className="flex flex-wrap gap-2">
        {form.offers.map((offer) => (
          <li
            key={offer}
            className="flex h-8 items-center gap-1 rounded-sm border border-border ps-2 tabular-nums"
          >
            {offerLabel(offer)}
            <Button
              {...{ variant: "ghost", size: "sm", isIconOnly: true }}
              isDisabled={form.offers.length === 1}
              aria-label={`Do not sell in ${offerLabel(offer)}`}
              onPress={() => onChange(removeOffer(form, offer))}
            >
              <X aria-hidden className="size-3.5" />
            </Button>
          </li>
        ))}
      </ul>
      {next && (
        <div className="flex flex-wrap items-end gap-2">
          <div className="w-56">
            <Select
              name="next-offer"
              label="Another currency or interval"
              value={next}
              onChange={(value) => setWanted(value as OfferKey)}
              options={free.map((value) => ({ value, label: offerLabel(value) }))}
            />
          </div>
          <Button variant="secondary" onPress={() => onChange(addOffer(form, next))}>
            <Plus aria-hidden className="size-3.5" /> Sell in {offerLabel(next)}
          </Button>
        </div>
      )}
    </div>
  );
}
