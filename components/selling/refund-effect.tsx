import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Fact, Facts } from "#components/ui/card";

type Sum = { minor: string; currency: string };
/** A preview as the API sends it. */
export type WirePreview = {
  customer: Sum;
  tenant: Sum;
  platform: Sum;
  feeBack: Sum;
  stripeKeeps: Sum | null;
  payoutId: string | null;
  balanceAfter: Sum;
};

/** Who bears what of a refund, before it is made. */
export function RefundEffect({ preview }: { preview: WirePreview }) {
  const t = useTranslations("selling.refund");
  const { customer, tenant, platform, feeBack, stripeKeeps, payoutId, balanceAfter } = preview;
  const lines = [
    { label: t("customer"), of: customer },
    { label: t("tenant"), of: tenant },
    { label: t("feeShare"), of: feeBack },
    { label: t("platform"), of: platform },
    ...(stripeKeeps ? [{ label: t("stripe"), of: stripeKeeps }] : []),
    { label: t("balance"), of: balanceAfter },
  ];
  return (
    <div className="grid gap-3" role="status">
      <Facts>
        {lines.map(({ label, of }) => (
          <Fact key={label} label={label}>
            <Amount of={of} />
          </Fact>
        ))}
      </Facts>
      {payoutId && <p className="text-muted">{t("paidOut")}</p>}
      {BigInt(balanceAfter.minor) < 0n && <Banner kind="warning" title={t("negative")} />}
    </div>
  );
}
