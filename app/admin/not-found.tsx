import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";

export default function AdminNotFound() {
  return (
    <EmptyState
      title="There is nothing here"
      action={<LinkButton href="/admin">Go to the overview</LinkButton>}
    >
      The id may be mistyped, or it belongs to another installation. ⌘K finds tenants, invoices and
      events by name or id.
    </EmptyState>
  );
}
