import { PageSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return <PageSkeleton label="Loading the overview" stats={4} />;
}
