import { HeaderSkeleton, Skeleton, TableSkeleton } from "#components/ui/skeleton";

/** The editor while it loads: fields on the left, the price beside them. */
export function EditorSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the draft"
      className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5"
    >
      <HeaderSkeleton />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-4">
          <TableSkeleton rows={2} />
          <TableSkeleton rows={5} />
        </div>
        <div className="grid gap-3 rounded-lg border border-border bg-surface p-4">
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-56 w-full" />
          <Skeleton className="h-5 w-full" />
        </div>
      </div>
    </div>
  );
}

/** A plan with its versions while they load. */
export function PlanSkeleton({ label }: { label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5"
    >
      <HeaderSkeleton />
      <TableSkeleton rows={4} />
      <TableSkeleton rows={3} />
    </div>
  );
}
