import { CardSkeleton, Loading } from "#components/tenant-overview/skeletons";

export default function CheckoutLoading() {
  return (
    <Loading>
      <CardSkeleton lines={8} />
    </Loading>
  );
}
