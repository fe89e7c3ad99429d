"use client";

import { useContext, useId } from "react";
import { FormErrors } from "#components/ui/form-errors";

type Props = {
  /** The name in what is sent: an error from the server lands here. */
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The label is heard but not seen: a table's head says it. */
  hideLabel?: boolean;
  description?: string;
  placeholder?: string;
  inputMode?: "text" | "decimal" | "numeric";
  maxLength?: number;
};

/** A small field whose value the editor holds. Its error stands until it is typed in again. */
export function CellField(props: Props) {
  const { name, label, value, onChange, hideLabel = true, description, ...rest } = props;
  const id = useId();
  const error = useContext(FormErrors)[name];
  const help = error ?? description;
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "label"}>
        {label}
      </label>
      <input
        id={id}
        name={name}
        value={value}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => onChange(event.target.value)}
        data-invalid={error ? true : undefined}
        className="input input--primary w-full min-w-0 tabular-nums"
        {...rest}
      />
      {help && (
        <p id={`${id}-help`} className={`text-xs ${error ? "text-danger" : "text-muted"}`}>
          {help}
        </p>
      )}
    </div>
  );
}
