import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { AtStripe, stripeView } from "#components/connect/at-stripe";
import { Messages } from "#components/messages";
import { FeeWhy } from "#components/selling/fee-why";
import { orNotFound } from "#components/selling/or-not-found";
import { ReceiptCard } from "#components/selling/receipt-card";
import { RefundList } from "#components/selling/refund-list";
import { SaleStateMark } from "#components/selling/sale-columns";
import { SaleRefund } from "#components/selling/sale-refund";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Amount, formatAmount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { getSale, type SaleDetail } from "#lib/selling/list-sales";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("connect.payments");
  return { title: t("title") };
}

export default async function SalePage(props: PageProps<"/[tenant]/payments/[sale]">) {
  const { tenant, sale: saleId } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("selling.sale");
  if (!mayInTenant(ctx.role, "payments:read")) {
    const title = (await getTranslations("connect.payments"))("title");
    return <NoAccess title={title} ctx={ctx} what="payments" permission="payments:read" />;
  }
  const sale = await orNotFound(getSale(ctx, { saleId }));
  const { tenantSlug: slug } = ctx;
  const amount = formatAmount(sale.gross, await getLocale());
  const isPaid = sale.state !== "failed";
  const canRefund = isPaid && sale.state !== "disputed" && sale.left.minor > 0n;
  const { gross, left } = sale;
  return (
    <Page>
      <Messages areas={["common", "selling"]}>
        <PageHeader
          title={
            <span className="flex flex-wrap items-center gap-2">
              {t("title", { amount })} <SaleStateMark state={sale.state} />
            </span>
          }
          sentence={sale.customer?.email}
          actions={
            <>
              <LinkButton href={`/${slug}/trace?id=${saleId}`} variant="secondary" size="sm">
                {(await getTranslations("trace"))("back")}
              </LinkButton>
              <LinkButton href={`/${slug}/payments`} variant="secondary" size="sm">
                {t("back")}
              </LinkButton>
            </>
          }
        />
        <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
          <About slug={slug} sale={sale} />
          {isPaid && <FeeWhy sale={sale} />}
          {isPaid && <RefundList refunds={sale.refunds} />}
          {isPaid && (
            <ReceiptCard
              {...{ slug, saleId, receiptUrl: sale.receiptUrl }}
              email={sale.customer?.email ?? null}
              maySend={mayInTenant(ctx.role, "payments:sell")}
            />
          )}
        </div>
        {canRefund && mayInTenant(ctx.role, "payments:refund") && (
          <Card title={(await getTranslations("selling.refund"))("title")}>
            <SaleRefund
              key={String(left.minor)}
              {...{ slug, saleId, currency: gross.currency, leftMinor: String(left.minor) }}
            />
          </Card>
        )}
      </Messages>
      {sale.kind === "direct" && (
        <AtStripe
          {...{ ctx, what: "payment", id: saleId, place: `/${slug}/payments/${saleId}` }}
          isOpen={(await props.searchParams).show === stripeView}
        />
      )}
    </Page>
  );
}

function About({ slug, sale }: { slug: string; sale: SaleDetail }) {
  const t = useTranslations("selling.sale");
  const tList = useTranslations("selling.payments");
  const { gross, fee, stripeFee, refunded, net, method, country, link, payoutId, customer } = sale;
  const sums = [
    { label: tList("gross"), of: gross },
    { label: tList("fee"), of: fee },
    { label: tList("stripeFee"), of: stripeFee },
    { label: tList("refunded"), of: refunded },
    { label: tList("net"), of: net },
  ];
  return (
    <Card title={t("money")}>
      <Facts>
        {sums.map(({ label, of }) => (
          <Fact key={label} label={label}>
            {of ? <Amount of={of} /> : <span className="text-muted">{tList("pending")}</span>}
          </Fact>
        ))}
        <Fact label={tList("payout")}>
          {payoutId ? (
            <CopyableId id={payoutId} href={`/${slug}/payouts/${payoutId}`} />
          ) : (
            <span className="text-muted">{t("notInPayout")}</span>
          )}
        </Fact>
        {customer && (
          <Fact label={tList("customer")}>
            <TextLink href={`/${slug}/customers/${customer.id}`}>
              {customer.name ?? customer.email}
            </TextLink>
          </Fact>
        )}
        {link && (
          <Fact label={t("link")}>
            <TextLink href={`/${slug}/links/${link.id}`}>{link.name}</TextLink>
          </Fact>
        )}
        {method && (
          <Fact label={t("method")}>{country ? t("methodFrom", { method, country }) : method}</Fact>
        )}
        <Fact label={tList("when")}>
          <Moment at={sale.createdAt} as="exact" />
        </Fact>
        <Fact label={t("id")}>
          <CopyableId id={sale.id} />
        </Fact>
      </Facts>
    </Card>
  );
}
