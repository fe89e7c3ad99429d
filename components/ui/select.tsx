"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useContext, useId, useState } from "react";
import { FormErrors } from "#components/ui/form-errors";
import type { FieldProps } from "#components/ui/text-field";

export type Option = {
  readonly value: string;
  readonly label: string;
  /** Said below the field while this one is chosen. */
  readonly description?: string;
};

type Props = FieldProps & {
  options: readonly Option[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
};

/**
 * One of a few. The browser's own control in our clothes: it types ahead, it is at home on a phone,
 * and it saves every page with a form the script of a list box.
 */
export function Select({ label, description, options, onChange, ...field }: Props) {
  const t = useTranslations("common.form");
  const id = useId();
  const [chosen, setChosen] = useState(field.value ?? field.defaultValue ?? "");
  const [missing, setMissing] = useState<string>();
  const refused = useContext(FormErrors)[field.name];
  const error = missing ?? refused;
  const value = field.value ?? chosen;
  const help = options.find((option) => option.value === value)?.description ?? description;

  const onSelect = (next: string) => {
    setChosen(next);
    setMissing(undefined);
    onChange?.(next);
  };
  return (
    <div className="select select--full-width" data-invalid={error ? true : undefined}>
      <label
        htmlFor={id}
        className={`label ${field.isRequired ? "label--required" : ""} ${error ? "label--invalid" : ""}`}
      >
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          name={field.name}
          value={value}
          required={field.isRequired}
          disabled={field.isDisabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || help ? `${id}-help` : undefined}
          onChange={(event) => onSelect(event.target.value)}
          onInvalid={(event) => {
            setMissing(event.currentTarget.validationMessage);
            takeFirst(event);
          }}
          className="select__trigger w-full appearance-none pe-8 text-base sm:text-sm"
        >
          <option value="" disabled hidden>
            {t("choose")}
          </option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-2.5 my-auto size-4 text-muted"
        />
      </div>
      {(error || help) && (
        <p id={`${id}-help`} className={`text-xs ${error ? "text-danger" : "text-muted"}`}>
          {error ?? help}
        </p>
      )}
    </div>
  );
}

/** Says it where our words stand, not in a bubble; the first at fault takes the focus. */
function takeFirst(event: React.InvalidEvent<HTMLSelectElement>): void {
  const { currentTarget: select } = event;
  event.preventDefault();
  if (select.form?.querySelector(":is(input, select, textarea):invalid") === select) select.focus();
}
