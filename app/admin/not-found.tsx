import { SearchX } from "lucide-react";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";

export default function AdminNotFound() {
  return (
    <Page>
      <PageHeader title="Not found" />
      <Card>
        <EmptyState
          icon={<SearchX />}
          title="There is nothing here"
          action={<LinkButton href="/admin">Go to the overview</LinkButton>}
        >
          The id may be mistyped, or it belongs to another installation. ⌘K finds tenants, invoices
          and events by name or id.
        </EmptyState>
      </Card>
    </Page>
  );
}
