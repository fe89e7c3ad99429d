import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function ResumeLoading() {
  return (
    <Loading>
      <div className="max-w-xl">
        <CardSkeleton lines={6} />
      </div>
    </Loading>
  );
}
