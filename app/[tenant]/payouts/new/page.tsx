import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { Messages } from "#components/messages";
import { PayOut } from "#components/payouts/pay-out";
import { PayoutQuestion } from "#components/payouts/payout-question";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Banner } from "#components/ui/banner";
import { Page, PageHeader } from "#components/ui/page-header";
import { Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";
import { getBalances } from "#lib/payouts/get-balances";
import { type PayoutPreview, previewPayout } from "#lib/payouts/preview-payout";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const asked = z.object({
  amount: z.string().max(30).catch(""),
  currency: z.string().toLowerCase().max(3).catch(""),
  method: z.enum(["standard", "instant"]).catch("standard"),
});

export async function generateMetadata() {
  const t = await getTranslations("payouts.new");
  return { title: t("title") };
}

export default async function NewPayoutPage(props: PageProps<"/[tenant]/payouts/new">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("payouts.new");
  if (!mayInTenant(ctx.role, "payouts:create")) {
    const what = { what: "payouts", permission: "payouts:create" } as const;
    return <NoAccess title={t("title")} ctx={ctx} {...what} />;
  }
  const query = asked.parse(await props.searchParams);
  const read = await readAll(ctx, query);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      {"problem" in read ? (
        <Banner kind="warning" title={read.problem} />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <PayoutQuestion
            currencies={read.balances.currencies}
            asked={{ ...query, currency: read.currency }}
            locale={await getLocale()}
            problem={read.wrong}
          />
          {read.preview && (
            <Messages areas={["common", "payouts"]}>
              <PayOut slug={ctx.tenantSlug} preview={plain(read.preview)} method={query.method} />
            </Messages>
          )}
        </div>
      )}
    </Page>
  );
}

/** What may be asked, and what of it would happen. What cannot be is said beside the question. */
async function readAll(ctx: TenantContext, query: z.output<typeof asked>) {
  const t = await getTranslations("payouts.new");
  try {
    const balances = await getBalances(ctx);
    const [richest] = balances.currencies.toSorted((left, right) =>
      left.available.minor < right.available.minor ? 1 : -1,
    );
    const currency = query.currency || (richest?.currency ?? "usd");
    if (!query.amount) return { balances, currency };
    const amount = isCurrency(currency) ? parseMoney(query.amount, currency) : null;
    if (!amount || amount.minor === 0n) return { balances, currency, wrong: t("badAmount") };
    const wanted = { currency, minor: amount.minor, method: query.method };
    try {
      return { balances, currency, preview: await previewPayout(ctx, wanted) };
    } catch (error) {
      if (error instanceof Refusal) return { balances, currency, wrong: error.message };
      throw error;
    }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

/** As the browser takes it: whole numbers are text there. */
function plain({ amount, fee, leaves, most, ...preview }: PayoutPreview) {
  const text = ({ minor, currency }: PayoutPreview["amount"]) => ({ minor: `${minor}`, currency });
  return {
    ...{ amount: text(amount), fee: text(fee), leaves: text(leaves), most: text(most) },
    ...{ isFeeEstimated: preview.isFeeEstimated, arrivesIn: preview.arrivesIn },
    target: { name: preview.target.name, last4: preview.target.last4 },
  };
}
