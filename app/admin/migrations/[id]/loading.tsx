import { PlanSkeleton } from "#components/plans/skeletons";

export default function Loading() {
  return <PlanSkeleton label="Loading the migration" />;
}
