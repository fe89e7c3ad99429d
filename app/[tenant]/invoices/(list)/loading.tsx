import { Loading } from "#components/tenant-overview/skeletons";
import { Skeleton, TableSkeleton } from "#components/ui/skeleton";

export default function InvoicesLoading() {
  return (
    <Loading>
      <div className="grid gap-3">
        <Skeleton className="h-8 w-80 max-w-full" />
        <TableSkeleton rows={10} />
      </div>
    </Loading>
  );
}
