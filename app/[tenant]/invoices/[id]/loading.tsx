import { Loading, SplitSkeleton } from "#components/tenant-overview/skeletons";

export default function InvoiceLoading() {
  return (
    <Loading>
      <SplitSkeleton />
    </Loading>
  );
}
