"use client";

export type PlanName = { readonly key: string; readonly name: string };

type Props = {
  bases: readonly PlanName[];
  chosen: readonly string[];
  onChange: (keys: string[]) => void;
  title?: string;
  /** What it means to choose none. */
  none?: string;
};

/** The plans an add-on is bought beside, or a coupon is for. */
export function BesidePlans({ bases, chosen, onChange, ...words }: Props) {
  const { title = "Bought beside", none = "None chosen: beside any plan" } = words;
  return (
    <fieldset className="grid gap-1">
      <legend className="font-medium">{title}</legend>
      <p className="text-xs text-muted">{none}</p>
      {bases.map(({ key, name }) => (
        <label key={key} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-10">
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, key] : chosen.filter((other) => other !== key))
            }
            className="size-4 accent-accent"
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
