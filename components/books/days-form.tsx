import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/link-button";

type Props = { action: string; from: string | undefined; to: string | undefined };

const field = "input input--primary h-9 px-2 text-base sm:text-sm";

/** Which days the statements are of. A plain form: the address holds them. */
export function DaysForm({ action, from, to }: Props) {
  const t = useTranslations("books.days");
  return (
    <search>
      <form action={action} className="flex flex-wrap items-end gap-2">
        <label className="grid gap-1 text-xs text-muted">
          {t("from")}
          <input type="date" name="from" defaultValue={from} className={field} />
        </label>
        <label className="grid gap-1 text-xs text-muted">
          {t("to")}
          <input type="date" name="to" defaultValue={to} className={field} />
        </label>
        <button type="submit" className={buttonStyle("secondary", "sm")}>
          {t("show")}
        </button>
        {(from || to) && (
          <Link href={action} className={buttonStyle("ghost", "sm")}>
            {t("clear")}
          </Link>
        )}
      </form>
    </search>
  );
}
