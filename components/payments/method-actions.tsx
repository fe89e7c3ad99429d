"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { MethodName } from "#components/invoices/method-name";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";
import type { Method } from "#lib/payments/method";

type Props = { method: Method; base: `/api/v1/${string}` };

function nameOf({ brand, type, last4 }: Method): string {
  return `${brand ?? type} ${last4 ?? ""}`.trim();
}

/** Has bills charged to this one from now on. */
export function MakeDefault({ method, base }: Props) {
  const t = useTranslations("payments.methods");
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit({
    path: `${base}/payment-methods/${method.id}/default`,
    onDone: () => router.refresh(),
  });
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        isPending={isPending}
        aria-label={t("makeDefaultOf", { name: nameOf(method) })}
        onPress={() => void submit()}
      >
        {t("makeDefault")}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}

/** Forgets it, after saying what that means. What the plan needs is refused with why. */
export function RemoveMethod({ method, base }: Props) {
  const t = useTranslations("payments.methods");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("remove")}
      triggerVariant="ghost"
      triggerLabel={t("removeOf", { name: nameOf(method) })}
      title={t("removeTitle")}
      effect={
        <p>
          <MethodName of={method} />: {t("removeEffect")}
        </p>
      }
      confirm={t("remove")}
      isDangerous
      path={`${base}/payment-methods/${method.id}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}
