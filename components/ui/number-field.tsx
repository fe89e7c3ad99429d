"use client";

import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { NumberField as HeroNumberField } from "@heroui/react/number-field";
import type { FieldProps } from "#components/ui/text-field";

type Props = FieldProps & {
  defaultValue?: number;
  value?: number;
  min?: number;
  max?: number;
  step?: number;
  onChange?: (value: number) => void;
};

/** A number, typed or stepped. The form sends it without separators. */
export function NumberField({ label, description, min, max, ...field }: Props) {
  return (
    <HeroNumberField
      fullWidth
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...field}
    >
      <Label>{label}</Label>
      <HeroNumberField.Group>
        <HeroNumberField.DecrementButton />
        <HeroNumberField.Input className="text-center" />
        <HeroNumberField.IncrementButton />
      </HeroNumberField.Group>
      {description && <Description>{description}</Description>}
      <FieldError />
    </HeroNumberField>
  );
}
