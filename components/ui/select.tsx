"use client";

import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { ListBox } from "@heroui/react/list-box";
import { Select as HeroSelect } from "@heroui/react/select";
import { useTranslations } from "next-intl";
import type { FieldProps } from "#components/ui/text-field";

export type Option = {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
};

type Props = Omit<FieldProps, "description"> & {
  options: readonly Option[];
  description?: React.ReactNode;
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
};

/** One of a few. Typing finds it. */
export function Select({ label, description, options, onChange, ...field }: Props) {
  const t = useTranslations("common.form");
  return (
    <HeroSelect
      fullWidth
      placeholder={t("choose")}
      {...(onChange ? { onChange: (key: unknown) => onChange(String(key)) } : {})}
      {...field}
    >
      <Label>{label}</Label>
      <HeroSelect.Trigger>
        <HeroSelect.Value />
        <HeroSelect.Indicator />
      </HeroSelect.Trigger>
      {description && <Description>{description}</Description>}
      <FieldError />
      <HeroSelect.Popover>
        <ListBox>
          {options.map((option) => (
            <ListBox.Item key={option.value} id={option.value} textValue={option.label}>
              <div className="flex min-w-0 flex-col">
                <Label>{option.label}</Label>
                {option.description && <Description>{option.description}</Description>}
              </div>
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      </HeroSelect.Popover>
    </HeroSelect>
  );
}
