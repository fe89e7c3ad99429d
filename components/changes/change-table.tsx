import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { ChangeStatus } from "#lib/billing/change";
import type { ListedChange } from "#lib/billing/list-changes";
import type { Page } from "#lib/keyset";

/** Every change of the plan: who asked for what, when, what it cost and what became of it. */
export function ChangeTable({ slug, page }: { slug: string; page: Page<ListedChange> }) {
  const t = useTranslations("changes.history");
  return (
    <Card flush>
      <DataTable
        caption={t("title")}
        columns={useColumns(slug)}
        rows={page.rows}
        rowKey={({ id }) => id}
        next={page.next}
        empty={
          <EmptyState icon={<History />} title={t("emptyTitle")}>
            {t("empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

function useColumns(slug: string): Column<ListedChange>[] {
  const t = useTranslations("changes.history");
  return [
    { header: t("when"), cell: ({ createdAt }) => <Moment at={createdAt} as="date" /> },
    { header: t("who"), cell: ({ requestedBy }) => requestedBy ?? t("clock") },
    { header: t("what"), cell: (change) => <What change={change} /> },
    { header: t("outcome"), cell: (change) => <Outcome change={change} /> },
    {
      header: t("dueNow"),
      cell: ({ dueNow, invoiceId }) => {
        if (!dueNow) return t("none");
        const amount = <Amount of={dueNow} />;
        return invoiceId ? (
          <TextLink href={`/${slug}/invoices/${invoiceId}`}>{amount}</TextLink>
        ) : (
          amount
        );
      },
      align: "end",
    },
  ];
}

type Props = { change: ListedChange };

function What({ change: { choice } }: Props) {
  const t = useTranslations("changes");
  switch (choice.kind) {
    case "plan": {
      const terms = ({ planName: plan, interval, seats }: (typeof choice)["to"]) =>
        t("plan.terms", { plan, interval, seats: seats ?? 0 });
      const change = t("history.plan", { from: terms(choice.from), to: terms(choice.to) });
      if (!choice.code) return change;
      return t("history.withCode", { change, code: choice.code.code });
    }
    case "discount":
      return choice.words
        ? t("history.discount", { words: choice.words })
        : t("history.noDiscount");
    case "pause":
      return t("history.pause", { months: choice.months ?? 0 });
    default:
      return t(`history.${choice.kind}`);
  }
}

const tones = {
  requested: "waiting",
  awaiting_payment: "waiting",
  scheduled: "waiting",
  applied: "good",
  failed: "bad",
  undone: "quiet",
} as const satisfies Record<ChangeStatus, Tone>;

function Outcome({ change: { status, error, effectiveAt } }: Props) {
  const t = useTranslations("changes.history");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Status of={status} tone={tones[status]}>
        {t(`status.${status}`)}
      </Status>
      {error && <span className="text-xs text-muted">{error}</span>}
      {!error && status === "scheduled" && effectiveAt && (
        <span className="text-xs text-muted">{t("on", { at: effectiveAt })}</span>
      )}
    </span>
  );
}
