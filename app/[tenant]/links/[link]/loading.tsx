import { Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function LinksLinkLoading() {
  return (
    <Loading>
      <TableSkeleton rows={5} />
    </Loading>
  );
}
