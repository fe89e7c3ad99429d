import { useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton";

type Props = {
  place: React.RefObject<HTMLDivElement | null>;
  state: "loading" | "ready" | "failed";
};

/** Where Stripe's fields stand, from before they are there. */
export function FieldPlace({ place, state }: Props) {
  const t = useTranslations("payments.field");
  return (
    <div>
      {state === "loading" && <Skeleton className="h-40 w-full" />}
      {state === "failed" && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
          {t("failed")}
        </p>
      )}
      <div ref={place} className={state === "ready" ? "" : "sr-only"} />
      <p className="mt-2 text-xs text-muted">{t("safe")}</p>
    </div>
  );
}
