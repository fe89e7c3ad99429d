import { Loading, SplitSkeleton } from "#components/tenant-overview/skeletons";

export default function DeliveryLoading() {
  return (
    <Loading>
      <SplitSkeleton />
    </Loading>
  );
}
