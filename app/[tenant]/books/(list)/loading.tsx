import { Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function BooksLoading() {
  return (
    <Loading>
      <TableSkeleton rows={4} />
      <TableSkeleton rows={2} />
    </Loading>
  );
}
