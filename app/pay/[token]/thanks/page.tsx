import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { orNotFound } from "#components/selling/or-not-found";
import { formatAmount } from "#components/ui/amount";
import { RefreshEvery } from "#components/ui/refresh-every";
import { readPaidPage } from "#lib/selling/read-pay-page";
import { publicContext } from "#lib/web/session";

const query = z.object({ payment: z.string().max(60).catch("") });

export async function generateMetadata() {
  const t = await getTranslations("selling.pay");
  return { title: t("thanks"), robots: { index: false } };
}

export default async function ThanksPage(props: PageProps<"/pay/[token]/thanks">) {
  const { token } = await props.params;
  const { payment: checkoutId } = query.parse(await props.searchParams);
  const page = await orNotFound(readPaidPage(await publicContext(), { token, checkoutId }));
  const t = await getTranslations("selling.pay");
  const { seller, name, isPaid, thanks } = page;
  const amount = formatAmount(page.amount, await getLocale());
  return (
    <section className="grid gap-3 rounded-lg border border-border bg-surface p-6">
      {!isPaid && <RefreshEvery seconds={2} />}
      <h1 className="text-xl font-semibold tracking-tight">{t("thanks")}</h1>
      <p role="status">
        {isPaid ? t("paid", { seller, amount, name }) : t("waiting", { seller, amount })}
      </p>
      {isPaid && thanks && <p className="text-muted">{thanks}</p>}
    </section>
  );
}
