import { Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function HistoryLoading() {
  return (
    <Loading>
      <TableSkeleton rows={8} />
    </Loading>
  );
}
