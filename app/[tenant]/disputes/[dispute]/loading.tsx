import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";
import { StatsSkeleton } from "#components/ui/skeleton";

export default function DisputeLoading() {
  return (
    <Loading>
      <StatsSkeleton />
      <CardSkeleton lines={3} />
      <CardSkeleton lines={6} />
    </Loading>
  );
}
