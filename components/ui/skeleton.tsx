/** A grey stand-in with the size of what will come. */
export function Skeleton({ className = "" }: { className?: string }) {
  return <span aria-hidden className={`block animate-pulse rounded-sm bg-default ${className}`} />;
}

export function HeaderSkeleton() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-4 w-72 max-w-full" />
    </div>
  );
}

export function StatSkeleton() {
  return (
    <div className="grid gap-2 rounded-lg border border-border bg-surface p-4">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="h-6 w-32" />
      <Skeleton className="h-3 w-28" />
    </div>
  );
}

export function StatsSkeleton({ count = 4 }: { count?: number }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-3">
      {keysOf(count).map((key) => (
        <StatSkeleton key={key} />
      ))}
    </div>
  );
}

export function TableSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="rounded-lg border border-border bg-surface px-4 py-3">
      {keysOf(rows).map((key) => (
        <div
          key={key}
          className="flex items-center gap-6 border-b border-separator py-3 last:border-b-0"
        >
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-4 w-24" />
        </div>
      ))}
    </div>
  );
}

/** The whole of an ordinary page while it loads. Announced once, politely. */
export function PageSkeleton({ label, stats = 0 }: { label: string; stats?: number }) {
  return (
    <div role="status" aria-label={label} className="mx-auto grid w-full max-w-6xl gap-5">
      <HeaderSkeleton />
      {stats > 0 && <StatsSkeleton count={stats} />}
      <TableSkeleton />
    </div>
  );
}

function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `part-${index}`);
}
