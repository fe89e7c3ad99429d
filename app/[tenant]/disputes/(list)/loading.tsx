import { Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function DisputesLoading() {
  return (
    <Loading>
      <TableSkeleton rows={6} />
    </Loading>
  );
}
