"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Amount, formatAmount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type PlainSum = { minor: string; currency: string };
type Props = {
  slug: string;
  preview: {
    amount: PlainSum;
    fee: PlainSum;
    isFeeEstimated: boolean;
    leaves: PlainSum;
    most: PlainSum;
    arrivesIn: "minutes" | "days";
    target: { name: string | null; last4: string };
  };
  method: "standard" | "instant";
};

/** What a payout does, and the one press that does it. */
export function PayOut({ slug, preview, method }: Props) {
  const t = useTranslations("payouts.new");
  const toBank = useTranslations("payouts.target");
  const locale = useLocale();
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  const { fee, isFeeEstimated, target } = preview;
  const amount = formatAmount(preview.amount, locale);
  const feeWords = formatAmount(fee, locale);
  const about = isFeeEstimated ? t("feeAbout", { amount: feeWords }) : feeWords;
  const bank = `${target.name ?? toBank("someBank")} •••• ${target.last4}`;
  return (
    <Card title={t("previewTitle")}>
      <Facts>
        <Fact label={t("sends")}>
          <Amount of={preview.amount} className="font-semibold" />
        </Fact>
        <Fact label={t("fee")}>{about}</Fact>
        <Fact label={t("leaves")}>
          <Amount of={preview.leaves} />
        </Fact>
        <Fact label={t("when")}>{t(preview.arrivesIn)}</Fact>
      </Facts>
      <p className="my-3 text-muted">
        {toBank("to", { name: target.name ?? toBank("someBank"), last4: target.last4 })}
      </p>
      <ConfirmDialog
        trigger={t("confirm", { amount })}
        title={t("confirmTitle", { amount })}
        effect={t("effect", {
          ...{ amount, target: bank },
          fee: fee.minor === "0" ? "" : t("effectFee", { amount: about }),
        })}
        confirm={t("confirm", { amount })}
        path={`/api/v1/tenants/${slug}/payouts`}
        body={{
          ...{ key, method, currency: preview.amount.currency },
          ...{ minor: preview.amount.minor, seenMinor: preview.most.minor },
        }}
        onDone={() => router.push(`/${slug}/payouts`)}
      />
    </Card>
  );
}
