import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { bookHref, entryHref } from "#components/ledger/addresses";
import { EntryMoves } from "#components/ledger/entry-moves";
import { JoinedEntries } from "#components/ledger/joined-entries";
import { consolePlaces } from "#components/trace/places";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { getEntry } from "#lib/ledger/get-entry";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Journal entry" };

export default async function EntryPage(props: PageProps<"/admin/ledger/entries/[id]">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Journal entry" permission="ledger:read" />;
  }
  const entry = await forPage(getEntry(ctx, await props.params), "/admin/ledger");
  const { tenantId, customerId, paymentId, objectId, country, method } = entry.about;
  const ids = { Object: objectId, Payment: paymentId, Customer: customerId };
  const joined = [...entry.correctedBy, ...(entry.correction ? [entry.correction] : [])];
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={bookHref(entry.book)}>Ledger</TextLink>
      </div>
      <PageHeader
        title={<span className="font-mono text-base break-all">{entry.reference}</span>}
        sentence={`${entry.kind}, in the book ${entry.book}`}
        actions={
          <LinkButton
            href={consolePlaces.trace({ kind: "entry", scope: entry.book, id: String(entry.id) })}
            variant="secondary"
            size="sm"
          >
            Trace
          </LinkButton>
        }
      />
      <EntryMoves entry={entry} />
      <Card title="About it">
        <Facts>
          <Fact label="Was so">
            <Moment at={entry.effectiveAt} />
          </Fact>
          <Fact label="Written">
            <Moment at={entry.postedAt} />
          </Fact>
          {tenantId && (
            <Fact label="Tenant">
              <TextLink href={`/admin/tenants/${tenantId}`}>{tenantId}</TextLink>
            </Fact>
          )}
          {Object.entries(ids).map(([label, id]) =>
            id ? (
              <Fact key={label} label={label}>
                <CopyableId id={id} />
              </Fact>
            ) : null,
          )}
          {country && <Fact label="Country">{country}</Fact>}
          {method && <Fact label="Method">{method}</Fact>}
        </Facts>
      </Card>
      <JoinedEntries title="Corrections" names={joined} hrefOf={entryHref} />
      <JoinedEntries title="Of the same object" names={entry.related} hrefOf={entryHref} />
    </Page>
  );
}
