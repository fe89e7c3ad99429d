import { PageSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return <PageSkeleton label="Loading the system's state" stats={3} />;
}
