import { ShieldCheck } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { forPage, readQuery } from "#components/admin/list-query";
import { PaymentFrame } from "#components/connect/payment-frame";
import { DisputeTable } from "#components/disputes/dispute-table";
import { WarningTable } from "#components/disputes/warning-table";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";
import { connectKeys } from "#lib/connect/browser-keys";
import { disputeQuery } from "#lib/disputes/input";
import { countWaiting, listDisputes } from "#lib/disputes/list-disputes";
import { listFraudWarnings } from "#lib/disputes/list-fraud-warnings";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const query = disputeQuery.extend({
  view: z.enum(["disputes", "warnings"]).default("disputes"),
  payment: z.string().max(100).optional(),
});
type Query = z.output<typeof query>;

export async function generateMetadata() {
  const t = await getTranslations("disputes");
  return { title: t("title") };
}

export default async function DisputesPage(props: PageProps<"/[tenant]/disputes">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("disputes");
  if (!mayInTenant(ctx.role, "payments:read")) {
    const title = t("title");
    return <NoAccess title={title} ctx={ctx} what="payments" permission="payments:read" />;
  }
  const asked = readQuery(query, await props.searchParams);
  const place = `/${ctx.tenantSlug}/disputes`;
  const { count, dueAt } = await countWaiting(ctx);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <Tabs
        label={t("tabs")}
        tabs={(["disputes", "warnings"] as const).map((view) => ({
          label: t(`views.${view}`),
          href: view === "disputes" ? place : `${place}?view=${view}`,
          isCurrent: view === asked.view,
          count: view === "disputes" ? count : undefined,
        }))}
      />
      {count > 0 && (
        <Banner kind="warning" title={t("waiting.title", { count })}>
          {dueAt && t("waiting.by", { at: dueAt })}
        </Banner>
      )}
      {asked.view === "warnings" ? (
        <Warnings ctx={ctx} asked={asked} />
      ) : (
        <Disputes ctx={ctx} asked={asked} />
      )}
    </Page>
  );
}

const states = ["all", "open", "waiting", "over"] as const;

async function Disputes({ ctx, asked }: { ctx: TenantContext; asked: Query }) {
  const t = await getTranslations("disputes");
  const place = `/${ctx.tenantSlug}/disputes`;
  const { rows, next } = await forPage(listDisputes(ctx, asked), place);
  return (
    <Card flush>
      <Tabs
        label={t("states.label")}
        tabs={states.map((state) => ({
          label: t(`states.${state}`),
          href: state === "all" ? place : `${place}?state=${state}`,
          isCurrent: state === asked.state,
        }))}
      />
      <DisputeTable
        slug={ctx.tenantSlug}
        rows={rows}
        next={next}
        empty={
          <EmptyState
            icon={<ShieldCheck />}
            title={t(asked.state === "all" ? "empty.title" : "empty.none")}
          >
            {t("empty.body")}
          </EmptyState>
        }
      />
    </Card>
  );
}

async function Warnings({ ctx, asked }: { ctx: TenantContext; asked: Query }) {
  const t = await getTranslations("disputes");
  const place = `/${ctx.tenantSlug}/disputes?view=warnings`;
  const { rows, next } = await forPage(listFraudWarnings(ctx, asked), place);
  return (
    <>
      {rows.length > 0 && <p className="text-muted">{t("warning.help")}</p>}
      {asked.payment && (
        <Messages areas={["common", "connect"]}>
          <PaymentFrame
            slug={ctx.tenantSlug}
            keys={connectKeys()}
            payment={asked.payment}
            backHref={place}
          />
        </Messages>
      )}
      <Card flush>
        <WarningTable slug={ctx.tenantSlug} rows={rows} next={next} />
      </Card>
    </>
  );
}
