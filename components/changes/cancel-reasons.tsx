import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { buttonStyle } from "#components/ui/link-button";
import { cancelReasons } from "#lib/billing/cancel-offers";

/** Why someone leaves. A plain form: it asks by address, so the way back is the browser's own. */
export function CancelReasons({ action }: { action: string }) {
  const t = useTranslations("changes.cancel");
  return (
    <Card>
      <form action={action} className="grid gap-5">
        <fieldset className="grid gap-1">
          <legend className="mb-2 font-semibold">{t("reason")}</legend>
          {cancelReasons.map((reason) => (
            <label
              key={reason}
              className="flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2 hover:bg-default/60 has-checked:bg-default has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:min-h-11"
            >
              <input
                type="radio"
                name="reason"
                value={reason}
                required
                className="size-3.5 shrink-0 cursor-pointer appearance-none rounded-full border border-field-border bg-field outline-none checked:border-4 checked:border-accent"
              />
              {t(`reasons.${reason}`)}
            </label>
          ))}
        </fieldset>
        <button type="submit" className={`${buttonStyle("primary", "lg")} button--full-width`}>
          {t("next")}
        </button>
      </form>
    </Card>
  );
}
