import { Loading, SplitSkeleton } from "#components/tenant-overview/skeletons";

export default function EventLoading() {
  return (
    <Loading>
      <SplitSkeleton />
    </Loading>
  );
}
