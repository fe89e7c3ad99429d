import { getTranslations } from "next-intl/server";
import { orNotFound } from "#components/selling/or-not-found";
import { PayForm } from "#components/selling/pay-form";
import { readPayPage } from "#lib/selling/read-pay-page";
import { publicContext } from "#lib/web/session";

export async function generateMetadata(props: PageProps<"/pay/[token]">) {
  const { token } = await props.params;
  const page = await readPayPage(await publicContext(), { token }).catch(() => null);
  return { title: page?.name ?? "", robots: { index: false } };
}

export default async function PayPage(props: PageProps<"/pay/[token]">) {
  const { token } = await props.params;
  const page = await orNotFound(readPayPage(await publicContext(), { token }));
  const t = await getTranslations("selling.pay");
  const { seller, name, description, price, mostQuantity, closed } = page;
  const sum = ({ minor, currency }: { minor: bigint; currency: string }) => {
    return { minor: String(minor), currency };
  };
  return (
    <section className="grid gap-5 rounded-lg border border-border bg-surface p-6">
      <header className="grid gap-1">
        <p className="text-muted">{t("to", { seller })}</p>
        <h1 className="text-xl font-semibold tracking-tight">{name}</h1>
        {description && <p className="text-muted">{description}</p>}
      </header>
      {closed ? (
        <p role="status">{t(`closed.${closed}`, { seller })}</p>
      ) : (
        <PayForm
          {...{ token, seller, mostQuantity }}
          price={
            "fixed" in price
              ? { fixed: sum(price.fixed) }
              : { least: sum(price.least), most: sum(price.most) }
          }
        />
      )}
    </section>
  );
}
