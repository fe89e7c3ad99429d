"use client";

import { useContext, useId } from "react";
import { FormErrors } from "#components/ui/form-errors";

type Props = { name: string; label: string; description?: string };

/** A day, by the browser's own calendar. */
export function DateField({ name, label, description }: Props) {
  const id = useId();
  const error = useContext(FormErrors)[name];
  const help = error ?? description;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <input
        id={id}
        type="date"
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={help ? `${id}-help` : undefined}
        data-invalid={error ? true : undefined}
        className="input input--primary w-full"
      />
      {help && (
        <p id={`${id}-help`} className={`text-xs ${error ? "text-danger" : "text-muted"}`}>
          {help}
        </p>
      )}
    </div>
  );
}
