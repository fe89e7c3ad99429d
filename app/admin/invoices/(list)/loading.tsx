import { HeaderSkeleton, TableSkeleton } from "#components/ui/skeleton";

export default function InvoicesLoading() {
  return (
    <div className="mx-auto grid w-full max-w-6xl gap-5">
      <HeaderSkeleton />
      <TableSkeleton rows={12} />
    </div>
  );
}
