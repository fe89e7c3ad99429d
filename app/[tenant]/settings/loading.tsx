import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function SettingsLoading() {
  return (
    <Loading>
      <CardSkeleton lines={2} />
      <CardSkeleton lines={2} />
    </Loading>
  );
}
