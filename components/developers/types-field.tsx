"use client";

import { useTranslations } from "next-intl";
import { useContext, useEffect, useRef } from "react";
import { FormErrors } from "#components/ui/form-errors";
import type { TypeGroup } from "#lib/webhooks/type-groups";

type Props = {
  groups: readonly TypeGroup[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
};

/** The types of events in groups, each with what it means; a group can be taken whole. */
export function TypesField({ groups, chosen, onChange }: Props) {
  const t = useTranslations("developers.form");
  const refused = useContext(FormErrors).types;
  const error = chosen.size === 0 ? refused : undefined; // Mended as soon as one is chosen.
  const set = (types: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const type of types) {
      if (isChosen) next.add(type);
      else next.delete(type);
    }
    onChange(next);
  };
  return (
    // Named, so that what the server says of it is known to be said here.
    <fieldset name="types" aria-describedby="types-chosen">
      <legend className="mb-1 font-medium">{t("types")}</legend>
      <p
        id="types-chosen"
        role="status"
        className={`mb-2 text-xs ${error ? "text-danger" : "text-muted"}`}
      >
        {error ?? t("chosen", { count: chosen.size })}
      </p>
      <div className="divide-y divide-separator rounded-lg border border-border bg-surface">
        {groups.map((group) => (
          <Group key={group.group} {...group} chosen={chosen} set={set} />
        ))}
      </div>
    </fieldset>
  );
}

type GroupProps = TypeGroup & {
  chosen: ReadonlySet<string>;
  set: (types: readonly string[], isChosen: boolean) => void;
};

function Group({ group, types, chosen, set }: GroupProps) {
  const t = useTranslations("developers");
  const whole = useRef<HTMLInputElement>(null);
  const count = types.filter((type) => chosen.has(type)).length;
  useEffect(() => {
    if (whole.current) whole.current.indeterminate = count > 0 && count < types.length;
  }, [count, types.length]);
  return (
    <fieldset aria-label={t(`groups.${group}`)} className="px-4 py-3">
      <label className="flex min-h-6 cursor-pointer items-center gap-2.5 font-medium">
        <input
          ref={whole}
          type="checkbox"
          aria-label={t("form.all", { group: t(`groups.${group}`) })}
          checked={count === types.length}
          onChange={(event) => set(types, event.target.checked)}
          className={boxStyle}
        />
        {t(`groups.${group}`)}
      </label>
      <div className="mt-1 grid gap-x-6 ps-6.5 sm:grid-cols-2">
        {types.map((type) => (
          <label key={type} className="flex cursor-pointer items-start gap-2.5 py-1.5">
            <input
              type="checkbox"
              checked={chosen.has(type)}
              onChange={(event) => set([type], event.target.checked)}
              className={`${boxStyle} mt-0.5`}
            />
            <span className="min-w-0">
              <span className="block font-mono text-xs leading-5 break-all">{type}</span>
              <span className="block text-xs text-muted">
                {t(`types.${type}` as "types.invoice.paid")}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const boxStyle = "size-4 shrink-0 cursor-pointer accent-accent";
