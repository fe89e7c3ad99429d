import { Moment } from "#components/ui/moment";

/** Says that a search stopped before it had seen everything, and how to go on. */
export function LookedNote({ backTo }: { backTo: Date | null }) {
  if (!backTo) return null;
  return (
    <p role="status" className="border-t border-separator px-4 py-2 text-xs text-muted">
      Looked through a bounded number of events, back to <Moment at={backTo} as="exact" />. Go on
      with Older, or narrow the search by type, account or time.
    </p>
  );
}
