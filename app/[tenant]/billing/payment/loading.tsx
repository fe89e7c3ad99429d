import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function PaymentLoading() {
  return (
    <Loading>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid gap-5">
          <CardSkeleton lines={4} />
          <CardSkeleton lines={3} />
        </div>
        <CardSkeleton lines={10} />
      </div>
    </Loading>
  );
}
