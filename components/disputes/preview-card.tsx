import { useFormatter, useLocale, useTranslations } from "next-intl";
import { DecideAnswer } from "#components/disputes/decide-answer";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import type { ApiPath } from "#components/ui/use-submit";
import type { EvidenceField } from "#lib/disputes/evidence";
import type { DisputePage } from "#lib/disputes/get-dispute";

/** Exactly what goes to the bank, or what went; and what can be decided while it waits. */
export function PreviewCard({ dispute, path }: { dispute: DisputePage; path: ApiPath | null }) {
  const t = useTranslations("disputes.preview");
  const fields = useTranslations("disputes.fields");
  const format = useFormatter();
  const locale = useLocale();
  const { preview, isOpen, networkFee, answer } = dispute;
  const pieces = Object.entries(preview.evidence) as [EvidenceField, string][];
  const missing = preview.missing.slice(0, 4).map((name) => fields(name as EvidenceField));
  const isEmpty = pieces.length === 0;
  return (
    <Card title={t(isOpen ? "title" : "gave")} note={isOpen ? t("body") : undefined}>
      <div className="grid gap-3">
        {isEmpty ? (
          <p className="text-muted">{t("empty")}</p>
        ) : (
          <dl className="grid gap-2">
            {pieces.map(([name, value]) => (
              <div
                key={name}
                className="grid gap-0.5 border-t border-separator pt-2 first:border-0"
              >
                <dt className="text-xs text-muted">{fields(name)}</dt>
                <dd className="break-words whitespace-pre-wrap">
                  {answer?.files.find(({ field }) => field === name)?.name ?? value}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {isOpen && !isEmpty && missing.length > 0 && (
          <p className="text-xs text-muted">{t("missing", { list: format.list(missing) })}</p>
        )}
        {isOpen && networkFee && (
          <p className="text-xs">{t("fee", { amount: formatAmount(networkFee.amount, locale) })}</p>
        )}
        {isOpen && path && <DecideAnswer dispute={dispute} path={path} isEmpty={isEmpty} />}
      </div>
    </Card>
  );
}
