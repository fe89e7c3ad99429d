"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ChangeWatch } from "#components/changes/change-watch";
import { UndoChange } from "#components/changes/undo-change";
import { DeclineWords } from "#components/invoices/pay-outcome";
import { usePay } from "#components/invoices/use-pay";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { LinkButton } from "#components/ui/link-button";

type Props = {
  slug: string;
  changeId: string;
  invoiceId: string;
  title: string;
  payUntil: Date | null;
  mayChange: boolean;
};

/** A change that waits for its payment: the bank is asked here, and the page follows to the end. */
export function FinishChange({ slug, changeId, invoiceId, title, payUntil, mayChange }: Props) {
  const t = useTranslations("changes.state");
  const pay = usePay(`/api/v1/tenants/${slug}/invoices/${invoiceId}`, false);
  useFirst(pay.goOn);
  if (pay.ended) {
    return (
      <>
        <ChangeWatch />
        <Banner title={t(pay.ended === "paid" ? "making" : "onItsWay")}>
          {t(pay.ended === "paid" ? "makingBody" : "onItsWayBody")}
        </Banner>
      </>
    );
  }
  const drop = {
    ...{ trigger: t("drop"), title: t("dropTitle"), effect: t("dropEffect") },
    ...{ slug, changeId },
  };
  return (
    <Banner
      kind={pay.declined || pay.problem ? "danger" : "warning"}
      title={title}
      action={
        mayChange && (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" isPending={pay.isPending} onPress={() => void pay.payWith(null)}>
              {t("pay")}
            </Button>
            <LinkButton size="sm" variant="secondary" href={`/${slug}/invoices/${invoiceId}`}>
              {t("otherWay")}
            </LinkButton>
            <UndoChange {...drop} />
          </div>
        )
      }
    >
      {pay.declined && <DeclineWords of={pay.declined} />} {pay.problem}{" "}
      {payUntil ? t("payBody", { until: payUntil }) : t("payBodyOpen")}
    </Banner>
  );
}

/** Who has just confirmed is led on at once; who comes back later, or reloads, is not. */
function useFirst(goOn: () => Promise<void>): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is for the page as it first comes
  useEffect(() => {
    const url = new URL(window.location.href);
    if (!url.searchParams.has("finish")) return;
    url.searchParams.delete("finish");
    window.history.replaceState(null, "", url);
    void goOn();
  }, []);
}
