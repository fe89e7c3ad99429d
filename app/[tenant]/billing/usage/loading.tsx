import { Loading } from "#components/tenant-overview/skeletons";
import { Skeleton, StatsSkeleton, TableSkeleton } from "#components/ui/skeleton";

export default function UsageLoading() {
  return (
    <Loading>
      <StatsSkeleton />
      <div className="rounded-lg border border-border bg-surface p-4">
        <Skeleton className="h-64 w-full" />
      </div>
      <TableSkeleton rows={5} />
    </Loading>
  );
}
