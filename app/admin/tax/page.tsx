import { MapPin } from "lucide-react";
import type { Metadata } from "next";
import { NoAccess } from "#components/admin/no-access";
import { taxWords } from "#components/payments/tax-collections";
import { TaxDialog } from "#components/payments/tax-dialog";
import { Banner } from "#components/ui/banner";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { ErrorState } from "#components/ui/error-state";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { Refusal } from "#lib/errors";
import { getTax, type TaxPage, type Untaxed } from "#lib/payments/get-collection";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Tax" };

const places = new Intl.DisplayNames("en", { type: "region" });

export default async function TaxSettingsPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "invoices:read")) {
    return <NoAccess title="Tax" permission="invoices:read" />;
  }
  const page = await getTax(ctx).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === "unavailable") return null;
    throw error;
  });
  return (
    <Page>
      <PageHeader
        title="Tax"
        sentence="Whether Stripe Tax works out what is added to your prices, where, and for whom."
      />
      {page ? (
        <Parts page={page} mayChange={mayOnPlatform(ctx.platformRole, "money:update")} />
      ) : (
        <Card>
          <ErrorState title="Stripe does not answer">
            What is set stays as it is. Open this page again in a while.
          </ErrorState>
        </Card>
      )}
    </Page>
  );
}

function Parts({ page, mayChange }: { page: TaxPage; mayChange: boolean }) {
  const { tax, setup, registrations, untaxed, live } = page;
  return (
    <>
      <Warnings page={page} />
      <Card title="Collection" action={mayChange && <TaxDialog key={tax} tax={tax} live={live} />}>
        <Facts>
          <Fact label="Tax is collected for">{taxWords[tax]}</Fact>
          <Fact label="Live plans">
            {live.taxed} with tax, {live.untaxed} without
          </Fact>
          <Fact label="Stripe Tax">
            <Status of={setup.isReady ? "ready" : "pending"}>
              {setup.isReady ? "set up" : "not set up"}
            </Status>
          </Fact>
          <Fact label="Your head office">{setup.country ? nameOf(setup.country) : "not said"}</Fact>
          <Fact label="Prices that do not say it">{behaviours[setup.behaviour ?? ""]}</Fact>
        </Facts>
      </Card>
      <Card title="Registrations" note="where tax is taken" flush>
        <DataTable
          caption="Registrations"
          columns={registrationColumns}
          rows={registrations}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<MapPin />} title="Registered nowhere">
              Stripe takes no tax in a place you are not registered in. Registrations are added in
              Stripe, under Tax.
            </EmptyState>
          }
        />
      </Card>
      {tax === "all" && untaxed.length > 0 && (
        <Card title="Plans that are not taxed" note={`${live.untaxed} in all`} flush>
          <DataTable
            caption="Plans that are not taxed"
            columns={untaxedColumns}
            rows={untaxed}
            rowKey={({ subscriptionId }) => subscriptionId}
            empty={null}
          />
          <p className="border-t border-separator px-4 py-3 text-xs text-muted">
            Stripe does not know where these tenants are. Each is taxed once its billing details
            have an address.
          </p>
        </Card>
      )}
    </>
  );
}

const behaviours: Readonly<Record<string, string>> = {
  "": "Stripe's default",
  exclusive: "tax comes on top",
  inclusive: "tax is inside",
  inferred_by_currency: "as is usual with their currency",
};

function Warnings({ page: { tax, setup, registrations, isSettled } }: { page: TaxPage }) {
  if (!setup.isReady) {
    return (
      <Banner kind={tax === "off" ? "info" : "danger"} title="Stripe Tax is not set up">
        {setup.missing.length > 0 && `It lacks: ${setup.missing.join(", ").replaceAll("_", " ")}. `}
        Set it up in Stripe first; tax can be turned on here then.
      </Banner>
    );
  }
  if (tax !== "off" && registrations.length === 0) {
    return (
      <Banner kind="warning" title="Tax is on, and nothing is taxed">
        Without a registration Stripe takes no tax anywhere. Add those you have in Stripe, under
        Tax.
      </Banner>
    );
  }
  if (isSettled) return null;
  return <Banner title="Plans are being brought to it">This takes some minutes.</Banner>;
}

const registrationColumns: Column<TaxPage["registrations"][number]>[] = [
  {
    header: "Place",
    cell: ({ country, state }) => (state ? `${nameOf(country)}, ${state}` : nameOf(country)),
  },
  { header: "Kind", cell: ({ type }) => type.replaceAll("_", " ") },
  { header: "Since", cell: ({ since }) => <Moment at={since} as="date" /> },
  { header: "State", cell: ({ status }) => <Status of={status}>{status}</Status> },
];

const untaxedColumns: Column<Untaxed>[] = [
  {
    header: "Tenant",
    cell: ({ tenantId, tenant }) => (
      <TextLink href={`/admin/tenants/${tenantId}`}>{tenant}</TextLink>
    ),
  },
  { header: "Subscription", cell: ({ subscriptionId }) => <CopyableId id={subscriptionId} /> },
];

function nameOf(country: string): string {
  return places.of(country) ?? country;
}
