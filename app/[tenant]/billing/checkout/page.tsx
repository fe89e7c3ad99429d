import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChangePage } from "#components/changes/change-page";
import { EmbeddedCheckout } from "#components/changes/embedded-checkout";
import { getEmbeddedCheckout } from "#lib/billing/get-embedded-checkout";
import { browserKeys } from "#lib/payments/browser-keys";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("changes.checkout");
  return { title: t("title") };
}

export default async function CheckoutPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.checkout");
  const frame = { ctx, title: t("title") };
  if (!mayInTenant(ctx.role, "billing:update")) {
    return (
      <ChangePage {...frame} sentence="">
        {null}
      </ChangePage>
    );
  }
  const checkout = await getEmbeddedCheckout(ctx);
  if (!checkout) redirect(`/${ctx.tenantSlug}/billing`);
  const { planName: plan, clientSecret } = checkout;
  return (
    <ChangePage {...frame} sentence={t("sentence", { plan })}>
      <EmbeddedCheckout keys={browserKeys()} clientSecret={clientSecret} />
    </ChangePage>
  );
}
