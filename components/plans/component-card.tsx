"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { CellField } from "#components/plans/cell-field";
import { ComponentPrices } from "#components/plans/component-prices";
import {
  chooseModel,
  type FormComponent,
  modelsOf,
  type OfferKey,
} from "#components/plans/draft-form";
import { kindWords, modelsFor, modelWords } from "#components/plans/models";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";
import type { PricingModel } from "#lib/catalog/plan";

export type MeterChoice = { readonly key: string; readonly name: string };

type Props = {
  index: number;
  component: FormComponent;
  offers: readonly OfferKey[];
  meters: readonly MeterChoice[];
  isFirst: boolean;
  isLast: boolean;
  onChange: (component: FormComponent) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One component of a version: what it is called, how it is counted, what it costs. */
export function ComponentCard(props: Props) {
  const { index, component, offers, onChange } = props;
  const name = `components.${index}`;
  return (
    <section
      aria-label={component.name || `Component ${index + 1}`}
      className="grid grid-cols-1 gap-4 rounded-lg border border-border bg-surface p-4"
    >
      <Head {...props} />
      <div className="grid gap-3 sm:grid-cols-2">
        <CellField
          hideLabel={false}
          name={`${name}.name`}
          label="Name on the invoice"
          value={component.name}
          maxLength={100}
          onChange={(next) => onChange({ ...component, name: next })}
        />
        <CellField
          hideLabel={false}
          name={`${name}.key`}
          label="Key"
          description="What programs call it"
          value={component.key}
          maxLength={40}
          onChange={(key) => onChange({ ...component, key })}
        />
      </div>
      {component.kind !== "flat" && <Counted {...props} name={name} />}
      <ComponentPrices name={name} component={component} offers={offers} onChange={onChange} />
    </section>
  );
}

function Head({ component, index, isFirst, isLast, onMove, onRemove }: Props) {
  const of = component.name || `component ${index + 1}`;
  return (
    <div className="flex items-center justify-between gap-2">
      <h3 className="font-semibold">{kindWords[component.kind]}</h3>
      <span className="flex">
        <Button
          {...{ variant: "ghost", size: "sm", isIconOnly: true, isDisabled: isFirst }}
          aria-label={`Move ${of} up`}
          onPress={() => onMove(-1)}
        >
          <ArrowUp aria-hidden className="size-3.5" />
        </Button>
        <Button
          {...{ variant: "ghost", size: "sm", isIconOnly: true, isDisabled: isLast }}
          aria-label={`Move ${of} down`}
          onPress={() => onMove(1)}
        >
          <ArrowDown aria-hidden className="size-3.5" />
        </Button>
        <Button
          {...{ variant: "ghost", size: "sm", isIconOnly: true }}
          aria-label={`Remove ${of}`}
          onPress={onRemove}
        >
          <Trash2 aria-hidden className="size-3.5" />
        </Button>
      </span>
    </div>
  );
}

function Counted({ name, component, offers, meters, onChange }: Props & { name: string }) {
  const models = modelsOf(component, offers);
  const [model] = models;
  const isMixed = models.length > 1;
  const mayInclude = !models.some((one) => one === "volume" || one === "package");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Select
        name={`${name}.model`}
        label="Priced"
        value={isMixed ? "" : (model ?? "per_unit")}
        {...(isMixed ? { description: "Its prices differ; choosing makes them alike." } : {})}
        onChange={(next) => onChange(chooseModel(component, next as PricingModel))}
        options={modelsFor[component.kind].map((value) => ({ value, ...modelWords[value] }))}
      />
      {component.kind === "usage" && (
        <Select
          name={`${name}.meterKey`}
          label="Counted by the meter"
          {...(meters.length === 0 && { description: "There is none yet: make one under Meters" })}
          value={component.meterKey}
          onChange={(meterKey) => onChange({ ...component, meterKey })}
          options={meters.map(({ key, name: label }) => ({ value: key, label }))}
        />
      )}
      <CellField
        hideLabel={false}
        name={`${name}.unit`}
        label="The word for one of it"
        value={component.unit}
        maxLength={40}
        onChange={(unit) => onChange({ ...component, unit })}
      />
      <CellField
        hideLabel={false}
        name={`${name}.included`}
        label="Included per period"
        description={
          mayInclude
            ? "Costs nothing; the price begins after it"
            : "Not with volume tiers or packages: use a free first tier"
        }
        value={component.included}
        inputMode="numeric"
        onChange={(included) => onChange({ ...component, included })}
      />
    </div>
  );
}
