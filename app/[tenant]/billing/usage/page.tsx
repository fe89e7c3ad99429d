import { Gauge } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { Tabs } from "#components/ui/tabs";
import { AdjustmentsCard } from "#components/usage/adjustments-card";
import { CapBanner } from "#components/usage/cap-banner";
import { CostLines } from "#components/usage/cost-lines";
import { EventsCard } from "#components/usage/events-card";
import { LimitsCard } from "#components/usage/limits-card";
import { SeriesCard } from "#components/usage/series-card";
import { TryCard } from "#components/usage/try-card";
import { UsageFigures } from "#components/usage/usage-figures";
import { isLiveMode } from "#lib/env";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { getSeries } from "#lib/usage/get-series";
import { getUsage, type MeterUsage } from "#lib/usage/get-usage";
import { knownMeters } from "#lib/usage/known-meters";
import { listOwnAdjustments } from "#lib/usage/list-adjustments";
import { listUsageEvents } from "#lib/usage/list-events";
import { listUsageLimits } from "#lib/usage/set-limit";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({
  meter: z.string().max(100).optional().catch(undefined),
  by: z.enum(["hour", "day"]).catch("day"),
  cursor: z.string().max(1000).optional().catch(undefined),
});
type Query = z.output<typeof query>;

export async function generateMetadata() {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

export default async function UsagePage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("usage");
  if (!mayInTenant(ctx.role, "usage:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="usage" permission="usage:read" />;
  }
  const wanted = query.parse(await searchParams);
  const { meters } = await getUsage(ctx);
  const current = meters.find(({ meter }) => meter.key === wanted.meter) ?? meters[0];
  const root = `/${ctx.tenantSlug}/billing/usage`;
  const tabs = meters.map(({ meter, name }) => ({
    ...{ label: name, href: `${root}?meter=${encodeURIComponent(meter.key)}` },
    isCurrent: meter.key === current?.meter.key,
  }));
  return (
    <Messages areas={["common", "usage"]}>
      <Page>
        <PageHeader title={t("title")} sentence={t("sentence")} />
        <RefreshEvery seconds={20} />
        {tabs.length > 1 && <Tabs label={t("meters")} tabs={tabs} />}
        {current ? (
          <OneMeter ctx={ctx} usage={current} wanted={wanted} root={root} />
        ) : (
          <Card>
            <EmptyState
              icon={<Gauge />}
              title={t("empty.title")}
              action={
                mayInTenant(ctx.role, "keys:update") && (
                  <LinkButton href={`/${ctx.tenantSlug}/developers/keys/new`}>
                    {t("empty.action")}
                  </LinkButton>
                )
              }
            >
              {t("empty.body")}
            </EmptyState>
          </Card>
        )}
        {!current && <Trying ctx={ctx} chosen={undefined} />}
      </Page>
    </Messages>
  );
}

const twoDaysMs = 2 * 86_400_000;
/** On a phone each event is a block of lines, and they stand below all the rest. */
const listed = 10;
type MeterProps = { ctx: TenantContext; usage: MeterUsage; wanted: Query; root: string };

async function OneMeter({ ctx, usage, wanted: { by, cursor }, root }: MeterProps) {
  const { meter, from, to, cost, unit } = usage;
  const now = ctx.now();
  const shown = {
    from: by === "hour" ? new Date(now.getTime() - twoDaysMs) : from,
    to: by === "hour" || now < to ? now : to,
  };
  const [points, limits, events, { rows: adjustments }] = await Promise.all([
    getSeries(ctx, {
      ...{ meterKey: meter.key, aggregation: meter.aggregation, step: by },
      ...shown,
    }),
    listUsageLimits(ctx),
    listUsageEvents(ctx, { meter: meter.key, ...(cursor !== undefined && { cursor }) }, listed),
    listOwnAdjustments(ctx),
  ]);
  const slug = ctx.tenantSlug;
  return (
    <>
      <CapBanner slug={slug} usage={usage} />
      <UsageFigures usage={usage} />
      <SeriesCard usage={usage} step={by} points={points} root={root} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        {cost && <CostLines cost={cost} />}
        <div className={cost ? "" : "lg:col-span-2"}>
          <LimitsCard
            slug={slug}
            usage={usage}
            limits={limits.filter(({ meterKey }) => meterKey === meter.key)}
            mayLimit={mayInTenant(ctx.role, "usage:limit")}
          />
        </div>
      </div>
      <Trying ctx={ctx} chosen={meter.key} />
      {adjustments.length > 0 && (
        <AdjustmentsCard
          slug={slug}
          rows={adjustments}
          mayRead={mayInTenant(ctx.role, "billing:read")}
        />
      )}
      <EventsCard
        slug={slug}
        events={events}
        unit={unit}
        mayCorrect={mayInTenant(ctx.role, "usage:correct")}
      />
    </>
  );
}

/** One event by hand, where nothing is at stake: never in live mode. */
async function Trying({ ctx, chosen }: { ctx: TenantContext; chosen: string | undefined }) {
  if (isLiveMode() || !mayInTenant(ctx.role, "usage:write")) return null;
  const meters = [...(await knownMeters(ctx.db)).values()].filter(({ isActive }) => isActive);
  if (meters.length === 0) return null;
  const named = meters.map(({ key, name, unit, aggregation }) => {
    return { key, name, unit, kind: aggregation };
  });
  return <TryCard slug={ctx.tenantSlug} meters={named} chosen={chosen} />;
}
