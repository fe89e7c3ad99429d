import { useTranslations } from "next-intl";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { Verdict } from "#lib/reconciliation/read-verdict";

/** Whether the book agrees with Stripe to the cent, and when that was last asked. */
export function BookStanding({ verdict: { state, open, comparedAt } }: { verdict: Verdict }) {
  const t = useTranslations("books.standing");
  const words = {
    "in lockstep": <Status of="holds">{t("agrees")}</Status>,
    breaks: <Status of="breaks">{t("breaks", { count: open })}</Status>,
    unchecked: <Status of="late">{t("unchecked")}</Status>,
  } as const;
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
      {words[state]}
      {state === "breaks" && <span>{t("breaksNote")}</span>}
      {comparedAt && (
        <span>
          {t("compared")} <Moment at={comparedAt} />
        </span>
      )}
    </p>
  );
}
