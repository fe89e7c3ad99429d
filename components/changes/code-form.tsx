import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/link-button";

/** A promotion code. A plain form: it asks by address, so nothing is spent by looking. */
export function CodeForm({ action, code }: { action: string; code: string | undefined }) {
  const t = useTranslations("changes.discount");
  return (
    <form action={action} className="flex flex-wrap items-end gap-2">
      <label className="grid min-w-0 flex-1 basis-56 gap-1">
        <span className="font-medium">{t("code")}</span>
        <input
          name="code"
          required
          maxLength={100}
          defaultValue={code}
          autoComplete="off"
          className="h-9 rounded-lg border border-field-border bg-field px-3 text-base uppercase outline-none focus-visible:outline-2 focus-visible:outline-focus sm:text-sm pointer-coarse:h-11"
        />
      </label>
      <button type="submit" className={buttonStyle("secondary", "md")}>
        {t("show")}
      </button>
    </form>
  );
}
