import { getTranslations } from "next-intl/server";
import { ConnectProvider } from "#components/connect/connect-provider";
import { Embedded } from "#components/connect/embedded";
import { Messages } from "#components/messages";
import { ScheduleForm } from "#components/payouts/schedule-form";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { Page, PageHeader } from "#components/ui/page-header";
import { connectKeys } from "#lib/connect/browser-keys";
import { Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { type Balances, getBalances } from "#lib/payouts/get-balances";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("payouts.schedule");
  return { title: t("title") };
}

export default async function SchedulePage(props: PageProps<"/[tenant]/payouts/schedule">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("payouts");
  if (!mayInTenant(ctx.role, "payouts:update")) {
    const what = { what: "payouts", permission: "payouts:update" } as const;
    return <NoAccess title={t("schedule.title")} ctx={ctx} {...what} />;
  }
  const tConnect = await getTranslations("connect");
  const read = await readBalances(ctx);
  return (
    <Page>
      <PageHeader title={t("schedule.title")} sentence={t("schedule.sentence")} />
      {typeof read === "string" ? (
        <Banner kind="warning" title={read} />
      ) : read.isHeld ? (
        <Banner kind="warning" title={t("held")} />
      ) : (
        <Card>
          <Messages areas={["common", "payouts"]}>
            <ScheduleForm slug={ctx.tenantSlug} {...formOf(read)} />
          </Messages>
        </Card>
      )}
      {typeof read !== "string" && (
        <Messages areas={["common", "connect"]}>
          <ConnectProvider slug={ctx.tenantSlug} keys={connectKeys()} ground="background">
            <Embedded tag="payouts" label={tConnect("payouts.whole")} minHeight={320} />
          </ConnectProvider>
        </Messages>
      )}
    </Page>
  );
}

async function readBalances(ctx: TenantContext): Promise<Balances | string> {
  try {
    return await getBalances(ctx);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function formOf({ settings, currencies }: Balances) {
  const named = currencies.map(({ currency }) => currency).filter(isCurrency);
  return {
    ...{ interval: settings.interval ?? "daily", weekday: settings.weekdays[0] ?? "monday" },
    monthDay: String(settings.monthDays[0] ?? 1),
    minimums: named.map((currency) => {
      const minor = settings.minimums[currency];
      return { currency, value: minor === undefined ? "" : toDecimal({ minor, currency }) };
    }),
  };
}
