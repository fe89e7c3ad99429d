import { useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton";

/** While Stripe draws up the invoice. */
export function DrawingUp() {
  const t = useTranslations("changes.effect");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-3">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-10 w-full" />
    </div>
  );
}
