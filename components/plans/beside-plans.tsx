"use client";

export type PlanName = { readonly key: string; readonly name: string };

type Props = {
  bases: readonly PlanName[];
  chosen: readonly string[];
  onChange: (keys: string[]) => void;
};

/** The plans an add-on is bought beside. */
export function BesidePlans({ bases, chosen, onChange }: Props) {
  return (
    <fieldset className="grid gap-1">
      <legend className="font-medium">Bought beside</legend>
      <p className="text-xs text-muted">None chosen: beside any plan</p>
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
