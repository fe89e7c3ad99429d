import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function DiscountLoading() {
  return (
    <Loading>
      <div className="max-w-xl">
        <CardSkeleton lines={6} />
      </div>
    </Loading>
  );
}
