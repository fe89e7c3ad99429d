import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";
import { TableSkeleton } from "#components/ui/skeleton";

export default function BillingLoading() {
  return (
    <Loading>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <CardSkeleton lines={8} />
        <div className="grid gap-5">
          <CardSkeleton lines={3} />
          <TableSkeleton rows={5} />
        </div>
      </div>
    </Loading>
  );
}
