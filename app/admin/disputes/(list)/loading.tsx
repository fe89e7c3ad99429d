import { PageSkeleton } from "#components/ui/skeleton";

export default function DisputesLoading() {
  return <PageSkeleton label="Loading disputes" />;
}
