"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { ApiPath } from "#components/ui/use-submit";
import type { DisputePage } from "#lib/disputes/get-dispute";

type Props = { dispute: DisputePage; path: ApiPath; isEmpty: boolean };

/** Handing the answer in, or giving the dispute up: the effect in view, asked once. */
export function DecideAnswer({ dispute, path, isEmpty }: Props) {
  const t = useTranslations("disputes.preview");
  const locale = useLocale();
  const router = useRouter();
  const onDone = () => router.refresh();
  const { preview, answer, stage, amount, money, networkFee } = dispute;
  const files = answer?.files.length ?? 0;
  const texts = Object.keys(preview.evidence).length - files;
  const isInquiry = stage === "inquiry";
  const fee = formatAmount(money?.fee ?? { minor: 0n, currency: amount.currency }, locale);
  return (
    <div className="flex flex-wrap gap-2">
      {!isEmpty && (
        <ConfirmDialog
          trigger={t("submit")}
          title={t("submitTitle")}
          effect={
            <>
              <p>{t("submitEffect", { texts, files })}</p>
              {networkFee && <p>{t("fee", { amount: formatAmount(networkFee.amount, locale) })}</p>}
            </>
          }
          confirm={t("submitConfirm")}
          path={`${path}/submit`}
          body={{ seen: preview.digest, acceptsFee: networkFee !== null }}
          onDone={onDone}
        />
      )}
      <ConfirmDialog
        trigger={t(isInquiry ? "acceptInquiry" : "accept")}
        triggerVariant="danger-soft"
        title={t(isInquiry ? "acceptInquiry" : "acceptTitle")}
        effect={
          <p>
            {isInquiry
              ? t("acceptInquiryEffect")
              : t("acceptEffect", { amount: formatAmount(amount, locale), fee })}
          </p>
        }
        confirm={t(isInquiry ? "acceptInquiry" : "acceptConfirm")}
        isDangerous
        path={`${path}/accept`}
        onDone={onDone}
      />
    </div>
  );
}
