import { Loading, SplitSkeleton } from "#components/tenant-overview/skeletons";

export default function EndpointLoading() {
  return (
    <Loading>
      <SplitSkeleton />
    </Loading>
  );
}
