import { Loading, SplitSkeleton } from "#components/tenant-overview/skeletons";
import { StatsSkeleton } from "#components/ui/skeleton";

export default function OverviewLoading() {
  return (
    <Loading>
      <StatsSkeleton />
      <SplitSkeleton />
    </Loading>
  );
}
