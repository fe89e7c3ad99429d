import { useLocale } from "next-intl";
import { ActsCard } from "#components/invoices/acts-card";
import { BalanceForm, ExemptionForm } from "#components/payments/tenant-money-forms";
import { formatAmount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { isCurrency } from "#lib/money/currency";
import type { TenantMoney as Money } from "#lib/payments/get-tenant-money";

type Props = {
  tenantId: string;
  /** Null: Stripe could not be asked. */
  money: Money | null;
  mayChange: boolean;
};

const taxes = {
  none: "taxed as usual",
  exempt: "exempt",
  reverse: "reverse charge",
} as const;

/** What a tenant has with us and how it stands to tax, and what may be done about either. */
export function TenantMoney({ tenantId, money, mayChange }: Props) {
  const locale = useLocale();
  if (!money) {
    return (
      <Card title="Balance and tax">
        <p role="alert">Stripe does not answer right now. Open this page again in a minute.</p>
      </Card>
    );
  }
  const { customer, acts } = money;
  if (!customer) {
    return (
      <Card title="Balance and tax">
        <p className="text-muted">There is no customer of this tenant at Stripe.</p>
      </Card>
    );
  }
  const { balances, tax, currency } = customer;
  return (
    <>
      <Card title="Balance and tax">
        <Facts>
          <Fact label="Balance">
            {balances.length === 0
              ? "nothing"
              : balances.map((of) => formatAmount(of, locale)).join(", ")}
          </Fact>
          <Fact label="Tax">{taxes[tax]}</Fact>
        </Facts>
        {mayChange && (
          <div className="mt-4 grid gap-3">
            <BalanceForm tenantId={tenantId} currency={isCurrency(currency) ? currency : "usd"} />
            <ExemptionForm tenantId={tenantId} tax={tax} />
          </div>
        )}
      </Card>
      <ActsCard acts={acts} />
    </>
  );
}
