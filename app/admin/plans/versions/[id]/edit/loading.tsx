import { EditorSkeleton } from "#components/plans/skeletons";

export default function Loading() {
  return <EditorSkeleton />;
}
