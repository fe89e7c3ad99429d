import { useTranslations } from "next-intl";
import { MethodName } from "#components/invoices/method-name";
import { Banner } from "#components/ui/banner";
import type { Method } from "#lib/payments/method";

/** Says that the card that bills are charged to ends soon, or has. */
export function ExpiryBanner({ methods }: { methods: readonly Method[] }) {
  const t = useTranslations("payments.methods");
  const method = methods.find(({ isDefault }) => isDefault);
  if (!method || (method.expires !== "soon" && method.expires !== "expired")) return null;
  const isOver = method.expires === "expired";
  return (
    <Banner
      kind={isOver ? "danger" : "warning"}
      title={
        <>
          <MethodName of={method} /> {t(isOver ? "hasExpired" : "isExpiring")}
        </>
      }
    >
      {t("expiringBody")}
    </Banner>
  );
}
