import { getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { LinkActions } from "#components/selling/link-actions";
import { LinkPrice, LinkStatusMark } from "#components/selling/link-price";
import { orNotFound } from "#components/selling/or-not-found";
import { SaleTable } from "#components/selling/sale-table";
import { ShareCard } from "#components/selling/share-card";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { env } from "#lib/env";
import { cursorQuery } from "#lib/selling/input";
import { getLink, type PaidLink } from "#lib/selling/list-links";
import { listSales } from "#lib/selling/list-sales";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("selling.links");
  return { title: t("title") };
}

export default async function LinkPage(props: PageProps<"/[tenant]/links/[link]">) {
  const { tenant, link: linkId } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("selling.links");
  if (!mayInTenant(ctx.role, "payments:read")) {
    const what = { what: "payments", permission: "payments:read" } as const;
    return <NoAccess title={t("title")} ctx={ctx} {...what} />;
  }
  const { cursor } = cursorQuery.parse(await props.searchParams);
  const link = await orNotFound(getLink(ctx, { linkId }));
  const page = await listSales(ctx, { link: linkId, cursor });
  const { tenantSlug: slug } = ctx;
  const maySell = mayInTenant(ctx.role, "payments:sell");
  return (
    <Page>
      <Messages areas={["common", "selling"]}>
        <PageHeader
          title={
            <span className="flex flex-wrap items-center gap-2">
              {link.name} <LinkStatusMark status={link.status} />
            </span>
          }
          sentence={link.description}
          actions={
            <>
              <LinkButton href={`/${slug}/links`} variant="secondary" size="sm">
                {t("back")}
              </LinkButton>
              {maySell && <LinkActions slug={slug} id={link.id} status={link.status} />}
            </>
          }
        />
        {link.whyNot && <Banner kind="warning" title={link.whyNot} />}
        <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
          {link.status !== "archived" && (
            <ShareCard
              address={new URL(`/pay/${link.token}`, env().LOCKSTEP_URL).href}
              name={link.name}
            />
          )}
          <About link={link} />
        </div>
        <h2 className="font-semibold">{t("itsPayments")}</h2>
        <SaleTable {...{ slug, page, filter: { link: linkId }, mayServe: false }} />
      </Messages>
    </Page>
  );
}

async function About({ link }: { link: PaidLink }) {
  const t = await getTranslations("selling.links");
  const { price, mostQuantity, mostPayments, payments, taken, createdAt, id } = link;
  return (
    <Card title={t("facts")}>
      <Facts>
        <Fact label={t("price")}>
          <LinkPrice price={price} />
        </Fact>
        <Fact label={t("quantity")}>{mostQuantity}</Fact>
        <Fact label={t("limit")}>{mostPayments ?? t("unlimited")}</Fact>
        <Fact label={t("payments")}>{payments}</Fact>
        <Fact label={t("taken")}>
          <Amount of={taken} />
        </Fact>
        <Fact label={t("made")}>
          <Moment at={createdAt} />
        </Fact>
        <Fact label="Id">
          <CopyableId id={id} />
        </Fact>
      </Facts>
      <p className="pt-4 text-xs text-muted">{t("fees")}</p>
    </Card>
  );
}
