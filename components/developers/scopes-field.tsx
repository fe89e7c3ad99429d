"use client";

import { useTranslations } from "next-intl";
import { useContext } from "react";
import { wordsOf } from "#components/developers/scope-words";
import { FormErrors } from "#components/ui/form-errors";
import type { ApiKeyScope } from "#lib/tenancy/api-key";

type Props = {
  scopes: readonly ApiKeyScope[];
  chosen: ReadonlySet<ApiKeyScope>;
  onChange: (chosen: ReadonlySet<ApiKeyScope>) => void;
};
type Area = "tenant" | "members" | "billing" | "usage" | "developers";

/** What a key may do, by area, each with what it means. */
export function ScopesField({ scopes, chosen, onChange }: Props) {
  const t = useTranslations("developers.keys");
  const refused = useContext(FormErrors).scopes;
  const error = chosen.size === 0 ? refused : undefined; // Mended as soon as one is chosen.
  const areas = Map.groupBy(scopes, (scope) => scope.split(":", 1)[0] as Area);
  const set = (scope: ApiKeyScope, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(scope);
    else next.delete(scope);
    onChange(next);
  };
  return (
    // Named, so that what the server says of it is known to be said here.
    <fieldset name="scopes" aria-describedby="scopes-help scopes-chosen">
      <legend className="font-medium">{t("new.scopes")}</legend>
      <p id="scopes-help" className="text-xs text-muted">
        {t("new.scopesHelp")}
      </p>
      <p
        id="scopes-chosen"
        role="status"
        className={`mb-2 text-xs ${error ? "text-danger" : "text-muted"}`}
      >
        {error ?? t("new.chosen", { count: chosen.size })}
      </p>
      <div className="divide-y divide-separator rounded-lg border border-border bg-surface">
        {[...areas].map(([area, inArea]) => (
          <fieldset key={area} aria-label={t(`areas.${area}`)} className="px-4 py-3">
            <span aria-hidden className="block font-medium">
              {t(`areas.${area}`)}
            </span>
            <div className="mt-1 grid gap-x-6 sm:grid-cols-2">
              {inArea.map((scope) => (
                <label key={scope} className="flex cursor-pointer items-start gap-2.5 py-1.5">
                  <input
                    type="checkbox"
                    checked={chosen.has(scope)}
                    onChange={(event) => set(scope, event.target.checked)}
                    className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
                  />
                  <span className="min-w-0">
                    <span className="block font-mono text-xs leading-5">{scope}</span>
                    <span className="block text-xs text-muted">{t(wordsOf(scope))}</span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
