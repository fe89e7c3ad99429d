import { CreditCard } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { MethodName } from "#components/invoices/method-name";
import { AddMethod } from "#components/payments/add-method";
import { MakeDefault, RemoveMethod } from "#components/payments/method-actions";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Status } from "#components/ui/status";
import type { Method } from "#lib/payments/method";

type Props = {
  methods: readonly Method[];
  liveSubscriptionId: string | null;
  base: `/api/v1/${string}`;
  mayChange: boolean;
};

/** What the workspace can pay with, and which of it is charged. */
export function MethodsCard({ methods, liveSubscriptionId, base, mayChange }: Props) {
  const t = useTranslations("payments.methods");
  return (
    <Card title={t("title")} note={liveSubscriptionId ? t("sentence") : undefined} flush>
      {methods.length === 0 && (
        <EmptyState icon={<CreditCard />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      )}
      <ul>
        {methods.map((method) => (
          <li
            key={method.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-separator px-4 py-3 first:border-t-0"
          >
            <MethodLine method={method} />
            {mayChange && (
              <span className="ms-auto flex flex-wrap gap-2">
                {!method.isDefault && method.expires !== "expired" && (
                  <MakeDefault method={method} base={base} />
                )}
                <RemoveMethod method={method} base={base} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <div className="border-t border-separator p-4">
          <AddMethod base={base} isFirst={methods.length === 0} />
        </div>
      )}
    </Card>
  );
}

function MethodLine({ method }: { method: Method }) {
  const t = useTranslations("payments.methods");
  const format = useFormatter();
  const { expiry, expires, isDefault } = method;
  const end = expiry && new Date(Date.UTC(expiry.year, expiry.month - 1, 1));
  const at = end ? format.dateTime(end, { month: "short", year: "numeric" }) : "";
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <MethodName of={method} />
      {isDefault && (
        <Status of="default" tone="good">
          {t("default")}
        </Status>
      )}
      {expires === "expired" && <Status of="failed">{t("expired", { at })}</Status>}
      {expires === "soon" && <Status of="waiting">{t("soon", { at })}</Status>}
      {expires === "later" && <span className="text-xs text-muted">{t("until", { at })}</span>}
    </span>
  );
}
