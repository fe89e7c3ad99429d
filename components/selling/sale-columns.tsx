import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { SaleState, SaleView } from "#lib/selling/sale";

const tones: Record<SaleState, Tone> = {
  succeeded: "good",
  failed: "bad",
  refunded: "quiet",
  part_refunded: "quiet",
  disputed: "bad",
};

/** What a payment came to by now, in a word. */
export function SaleStateMark({ state }: { state: SaleState }) {
  const t = useTranslations("selling.states");
  return (
    <Status of={state} tone={tones[state]}>
      {t(state)}
    </Status>
  );
}

/** The columns of a list of payments. */
export async function saleColumns(slug: string): Promise<Column<SaleView>[]> {
  const t = await getTranslations("selling.payments");
  return [
    { header: t("when"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      header: t("customer"),
      cell: ({ customer }) =>
        customer ? (customer.name ?? customer.email) : <Quiet>{t("noCustomer")}</Quiet>,
    },
    { header: t("state"), cell: ({ state }) => <SaleStateMark state={state} /> },
    { header: t("gross"), align: "end", cell: ({ gross }) => <Amount of={gross} /> },
    { header: t("fee"), align: "end", cell: ({ fee }) => <Amount of={fee} /> },
    {
      header: t("stripeFee"),
      align: "end",
      cell: ({ stripeFee }) => (stripeFee ? <Amount of={stripeFee} /> : <Quiet>…</Quiet>),
    },
    {
      header: t("refunded"),
      align: "end",
      cell: ({ refunded }) => (refunded.minor > 0n ? <Amount of={refunded} /> : <Quiet>–</Quiet>),
    },
    {
      header: t("net"),
      align: "end",
      cell: ({ net }) => (net ? <Amount of={net} /> : <Quiet>…</Quiet>),
    },
    {
      header: t("payout"),
      cell: ({ payoutId }) =>
        payoutId ? (
          <CopyableId id={payoutId} href={`/${slug}/payouts/${payoutId}`} />
        ) : (
          <Quiet>–</Quiet>
        ),
    },
  ];
}

function Quiet({ children }: { children: React.ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
