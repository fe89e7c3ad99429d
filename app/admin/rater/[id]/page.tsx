import { FindingPage } from "#components/admin/finding-page";
import { forPage } from "#components/admin/list-query";
import { StripeId } from "#components/admin/stripe-id";
import { sumColumns, VerdictStatus } from "#components/rater/check-parts";
import { LineCalculation } from "#components/rater/line-calculation";
import { RepeatButton, SettleButton } from "#components/rater/settle-button";
import { Card, Fact, Facts } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { type CheckDetail, getCheck } from "#lib/rater/list-checks";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Invoice check" };

const sentences = {
  equal: "What Stripe billed is what our catalogue says, to the cent.",
  different: "Stripe billed something else than our catalogue says. Both calculations are below.",
  unexplained: "Some of it is not of our catalogue, so that no figure of ours stands beside it.",
} as const;

export default async function CheckPage(props: PageProps<"/admin/rater/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const check = await forPage(getCheck(ctx, id), "/admin/rater");
  const { verdict, settledAt, currency, lines, sums } = check;
  const name = check.number ?? id;
  const maySettle = mayOnPlatform(ctx.platformRole, "rater:settle");
  return (
    <FindingPage
      title={
        <>
          Invoice {name} <VerdictStatus of={verdict} isSettled={settledAt !== null} />
        </>
      }
      sentence={sentences[verdict]}
      back={{ href: "/admin/rater", label: "All checks" }}
      acts={
        maySettle && (
          <>
            <RepeatButton id={id} name={name} />
            {verdict !== "equal" && !settledAt && <SettleButton id={id} name={name} />}
          </>
        )
      }
      about={<About check={check} />}
    >
      <Card title="Line by line" note="Stripe's figures beside ours" flush>
        {lines.map((line) => (
          <LineCalculation key={line.id} line={line} currency={currency} />
        ))}
      </Card>
      <Card title="Sums" note="discounts, tax and balance" flush>
        <DataTable
          caption="Sums"
          columns={sumColumns(currency)}
          rows={sums}
          rowKey={(sum) => sum.name}
          empty={null}
        />
      </Card>
    </FindingPage>
  );
}

function About({ check }: { check: CheckDetail }) {
  const { invoiceId, tenantId, tenantName, subscriptionId } = check;
  return (
    <Card title="Invoice">
      <Facts>
        <Fact label="Invoice">
          <StripeId id={invoiceId} of="invoice" />
        </Fact>
        <Fact label="Tenant">
          <TextLink href={`/admin/tenants/${tenantId}`}>{tenantName || tenantId}</TextLink>
        </Fact>
        {subscriptionId && (
          <Fact label="Subscription">
            <StripeId id={subscriptionId} of="subscription" />
          </Fact>
        )}
        <Fact label="Final since">
          <Moment at={check.finalizedAt} as="exact" />
        </Fact>
        <Fact label="Worked out">
          <Moment at={check.checkedAt} as="exact" />
        </Fact>
        {check.settledAt && (
          <>
            <Fact label="Settled">
              <Moment at={check.settledAt} as="exact" />
            </Fact>
            <Fact label="By">{check.settledBy ?? "nobody known"}</Fact>
            <Fact label="Why it may stand">{check.note}</Fact>
          </>
        )}
      </Facts>
    </Card>
  );
}
