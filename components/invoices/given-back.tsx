import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InvoicePage } from "#lib/billing/invoice-page";

/** Credit notes and refunds; nothing where there are none. */
export function GivenBack({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("payments.back");
  const { creditNotes, refunds } = invoice;
  if (creditNotes.length + refunds.length === 0) return null;
  return (
    <Card title={t("title")} flush>
      <ul>
        {creditNotes.map((note) => (
          <li
            key={note.id}
            className="grid gap-1 border-t border-separator px-4 py-3 first:border-t-0"
          >
            <Line name={t("note", { number: note.number })} at={note.at} of={note.total}>
              {note.isVoid && <Status of="void">{t("void")}</Status>}
            </Line>
            <p className="flex flex-wrap gap-x-3 text-xs text-muted">
              <Part label={t("takenOff")} of={note.takenOff} />
              <Part label={t("refunded")} of={note.refunded} />
              <Part label={t("toBalance")} of={note.toBalance} />
            </p>
            {note.memo && <p className="text-muted">{note.memo}</p>}
          </li>
        ))}
        {refunds.map((refund) => (
          <li key={refund.id} className="border-t border-separator px-4 py-3 first:border-t-0">
            <Line name={t("refund")} at={refund.at} of={refund.amount}>
              {refund.status !== "succeeded" && (
                <Status of={refund.status}>{t(`status.${refund.status as "pending"}`)}</Status>
              )}
            </Line>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type LineProps = {
  name: string;
  at: Date;
  of: InvoicePage["total"];
  children?: React.ReactNode;
};

function Line({ name, at, of, children }: LineProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{name}</span>
      {children}
      <span className="text-muted">
        <Moment at={at} as="date" />
      </span>
      <span className="ms-auto">
        <Amount of={of} />
      </span>
    </div>
  );
}

function Part({ label, of }: { label: string; of: InvoicePage["total"] }) {
  if (of.minor === 0n) return null;
  return (
    <span>
      {label} <Amount of={of} />
    </span>
  );
}
