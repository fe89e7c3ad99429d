import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function ChangePlanLoading() {
  return (
    <Loading>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-3 md:grid-cols-2">
          <CardSkeleton lines={5} />
          <CardSkeleton lines={5} />
          <CardSkeleton lines={5} />
          <CardSkeleton lines={5} />
        </div>
        <CardSkeleton lines={6} />
      </div>
    </Loading>
  );
}
