import { Loading } from "#components/tenant-overview/skeletons";
import { Skeleton, TableSkeleton } from "#components/ui/skeleton";

export default function AuditLoading() {
  return (
    <Loading>
      <div className="grid gap-3">
        <Skeleton className="h-6 w-64" />
        <TableSkeleton rows={12} />
      </div>
    </Loading>
  );
}
