"use client";

import { Plus, X } from "lucide-react";
import { CellField } from "#components/plans/cell-field";
import type { MeterChoice } from "#components/plans/component-card";
import { emptyFeature, type FormFeature, keyFrom } from "#components/plans/draft-form";
import { nextId } from "#components/plans/next-id";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";

type Props = {
  features: readonly FormFeature[];
  meters: readonly MeterChoice[];
  onChange: (features: FormFeature[]) => void;
};

/** What the version gives: each line may have a limit, and a meter that counts what is left. */
export function FeaturesField({ features, meters, onChange }: Props) {
  const change = (at: number, part: Partial<FormFeature>) =>
    onChange(features.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="grid grid-cols-1 gap-4">
      {features.map((feature, index) => (
        <FeatureRow
          key={feature.id}
          index={index}
          feature={feature}
          meters={meters}
          onChange={(part) => change(index, part)}
          onRemove={() => onChange(features.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          onPress={() => onChange([...features, emptyFeature(nextId("feature"))])}
        >
          <Plus aria-hidden className="size-3.5" /> Add a feature
        </Button>
      </div>
    </div>
  );
}

function FeatureRow(props: {
  index: number;
  feature: FormFeature;
  meters: readonly MeterChoice[];
  onChange: (part: Partial<FormFeature>) => void;
  onRemove: () => void;
}) {
  const { index, feature, meters, onChange, onRemove } = props;
  const name = `features.${index}`;
  const of = feature.name || `feature ${index + 1}`;
  const rename = (next: string) => {
    const isOwnKey = feature.key !== keyFrom(feature.name);
    onChange({ name: next, ...(isOwnKey ? {} : { key: keyFrom(next) }) });
  };
  const field = { hideLabel: false } as const;
  return (
    <fieldset className="grid grid-cols-2 items-start gap-3 border-b border-separator pb-4 last-of-type:border-b-0 last-of-type:pb-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_6rem_minmax(0,1fr)_auto]">
      <legend className="sr-only">{of}</legend>
      <CellField
        {...field}
        name={`${name}.name`}
        label="Feature"
        value={feature.name}
        maxLength={100}
        onChange={rename}
      />
      <CellField
        {...field}
        name={`${name}.key`}
        label="Key"
        value={feature.key}
        maxLength={40}
        onChange={(key) => onChange({ key })}
      />
      <CellField
        {...field}
        name={`${name}.limit`}
        label="Limit"
        value={feature.limit}
        placeholder="none"
        inputMode="numeric"
        onChange={(limit) => onChange({ limit })}
      />
      <Select
        name={`${name}.meterKey`}
        label="Counted by"
        value={feature.meterKey || "none"}
        onChange={(meterKey) => onChange({ meterKey: meterKey === "none" ? "" : meterKey })}
        options={[
          { value: "none", label: "nothing" },
          ...meters.map(({ key, name: label }) => ({ value: key, label })),
        ]}
      />
      <span className="sm:pt-6">
        <Button
          {...{ variant: "ghost", size: "sm", isIconOnly: true }}
          aria-label={`Remove ${of}`}
          onPress={onRemove}
        >
          <X aria-hidden className="size-3.5" />
        </Button>
      </span>
    </fieldset>
  );
}
