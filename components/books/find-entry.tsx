import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/link-button";

/** Finds the entries of one payment, refund or payout. A plain form. */
export function FindEntry({ action, objectId }: { action: string; objectId: string | undefined }) {
  const t = useTranslations("books.entries");
  return (
    <search>
      <form action={action} className="flex flex-wrap items-end gap-2">
        <label className="grid min-w-0 flex-1 basis-64 gap-1 text-xs text-muted">
          {t("find")}
          <input
            name="objectId"
            defaultValue={objectId}
            maxLength={200}
            placeholder="py_…"
            className="input input--primary h-9 w-full px-2 font-mono text-base sm:text-sm"
          />
        </label>
        <button type="submit" className={buttonStyle("secondary", "sm")}>
          {t("search")}
        </button>
      </form>
    </search>
  );
}
