"use client";

export type NamedChoice = { readonly value: string; readonly label: string };
type Props = {
  title: string;
  choices: readonly NamedChoice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** Any of a list; none chosen means all of it. */
export function ChoicesField({ title, choices, chosen, onChange }: Props) {
  return (
    <details open={chosen.length > 0} className="rounded-lg border border-border px-4 py-2">
      <summary className="cursor-pointer py-1 font-medium">
        {title}{" "}
        <span className="font-normal text-muted">
          {chosen.length === 0 ? "any" : `${chosen.length} of ${choices.length}`}
        </span>
      </summary>
      <fieldset className="grid gap-x-6 pb-1 sm:grid-cols-2">
        <legend className="sr-only">{title}</legend>
        {choices.map(({ value, label }) => (
          <label key={value} className="flex cursor-pointer items-start gap-2.5 py-1.5">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
                )
              }
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">{label}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
