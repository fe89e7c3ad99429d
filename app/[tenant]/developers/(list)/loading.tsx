import { Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function DevelopersLoading() {
  return (
    <Loading>
      <TableSkeleton rows={5} />
    </Loading>
  );
}
