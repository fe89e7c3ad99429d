import { getTranslations } from "next-intl/server";
import { Card } from "#components/ui/card";
import { HeaderSkeleton, Skeleton, TableSkeleton } from "#components/ui/skeleton";

/** A page while it loads; said once to those who do not see it. */
export async function Loading({ children }: { children: React.ReactNode }) {
  const t = await getTranslations("tenant");
  return (
    <div
      role="status"
      aria-label={t("loading")}
      className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5"
    >
      <HeaderSkeleton />
      {children}
    </div>
  );
}

/** A card of lines: a title, then label and value. */
export function CardSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <Card>
      <div className="grid gap-3">
        <Skeleton className="h-4 w-28" />
        {Array.from({ length: lines }, (_, index) => `line-${index}`).map((key) => (
          <div key={key} className="flex justify-between gap-6">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-4 w-20" />
          </div>
        ))}
      </div>
    </Card>
  );
}

/** Two thirds and one third, as the overview and an invoice are laid out. */
export function SplitSkeleton() {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid gap-5">
        <TableSkeleton rows={5} />
        <CardSkeleton lines={6} />
      </div>
      <div className="grid gap-5">
        <CardSkeleton />
        <CardSkeleton lines={3} />
      </div>
    </div>
  );
}
