"use client";

import { Plus, X } from "lucide-react";
import { CellField } from "#components/plans/cell-field";
import { emptyTier, type FormTier } from "#components/plans/draft-form";
import { nextId } from "#components/plans/next-id";
import { Button } from "#components/ui/button";

type Props = {
  /** The name of the list in what is sent: errors land on `${name}.0.upTo`. */
  name: string;
  /** What the table is of, for those who hear it: "Tiers of API calls, USD / month". */
  label: string;
  currency: string;
  unit: string;
  tiers: readonly FormTier[];
  onChange: (tiers: FormTier[]) => void;
};

/** Steps of a price, in an editable table. A step begins where the one above it ends. */
export function TierTable({ name, label, currency, unit, tiers, onChange }: Props) {
  const change = (at: number, part: Partial<FormTier>) =>
    onChange(tiers.map((tier, index) => (index === at ? { ...tier, ...part } : tier)));
  const insert = () => {
    const last = tiers.at(-1) ?? emptyTier(nextId("tier"));
    const step = { ...emptyTier(nextId("tier")), unit: last.unit };
    onChange([...tiers.slice(0, -1), step, last]);
  };
  return (
    <div className="grid gap-2">
      <table className="w-full border-separate border-spacing-x-1 border-spacing-y-1">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="text-start text-xs text-muted">
            <th scope="col" className="text-start font-normal">
              Up to
            </th>
            <th scope="col" className="text-start font-normal">
              Each {unit || "unit"}, {currency}
            </th>
            <th scope="col" className="text-start font-normal">
              Once, {currency}
            </th>
            <th scope="col">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, index) => (
            <TierRow
              key={tier.id}
              name={`${name}.${index}`}
              step={index + 1}
              tier={tier}
              isLast={index === tiers.length - 1}
              isOnly={tiers.length === 1}
              onChange={(part) => change(index, part)}
              onRemove={() => onChange(tiers.filter((_, at) => at !== index))}
            />
          ))}
        </tbody>
      </table>
      <div>
        <Button variant="ghost" size="sm" onPress={insert}>
          <Plus aria-hidden className="size-3.5" /> Add a tier
        </Button>
      </div>
    </div>
  );
}

type RowProps = {
  name: string;
  step: number;
  tier: FormTier;
  isLast: boolean;
  isOnly: boolean;
  onChange: (part: Partial<FormTier>) => void;
  onRemove: () => void;
};

function TierRow({ name, step, tier, isLast, isOnly, onChange, onRemove }: RowProps) {
  return (
    <tr className="align-top">
      <td>
        {isLast ? (
          <span className="block py-1.5 text-muted">{isOnly ? "everything" : "and above"}</span>
        ) : (
          <CellField
            name={`${name}.upTo`}
            label={`Tier ${step}: up to`}
            value={tier.upTo}
            inputMode="numeric"
            onChange={(upTo) => onChange({ upTo })}
          />
        )}
      </td>
      <td>
        <CellField
          name={`${name}.unitMinor`}
          label={`Tier ${step}: price of each`}
          value={tier.unit}
          inputMode="decimal"
          onChange={(unit) => onChange({ unit })}
        />
      </td>
      <td>
        <CellField
          name={`${name}.flatMinor`}
          label={`Tier ${step}: price once`}
          value={tier.flat}
          placeholder="0"
          inputMode="decimal"
          onChange={(flat) => onChange({ flat })}
        />
      </td>
      <td className="w-8">
        {!isLast && (
          <Button
            variant="ghost"
            size="sm"
            isIconOnly
            aria-label={`Remove tier ${step}`}
            onPress={onRemove}
          >
            <X aria-hidden className="size-3.5" />
          </Button>
        )}
      </td>
    </tr>
  );
}
