"use client";

import { NumberField } from "#components/ui/number-field";

/** How many of an add-on one subscription may have. */
export function MostQuantity({ defaultValue }: { defaultValue: number }) {
  return (
    <div className="max-w-60">
      <NumberField
        name="mostQuantity"
        label="Most per subscription"
        description="1: it is bought once. Who has more by now keeps it"
        min={1}
        max={1000}
        defaultValue={defaultValue}
      />
    </div>
  );
}
