import { useLocale, useTranslations } from "next-intl";
import { ChangeSeats } from "#components/team/change-seats";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { Meter } from "#components/ui/meter";
import type { Seats as SeatsOf } from "#lib/seats/get-seats";

type Props = { slug: string; seats: SeatsOf; mayBuy: boolean };

/** Seats that are taken against those that are paid for, and what one more costs. */
export function Seats({ slug, seats, mayBuy }: Props) {
  const t = useTranslations("seats.card");
  const { taken, bought, limit, over } = seats;
  return (
    <>
      {over > 0 && <TooMany seats={seats} />}
      <Card>
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-64">
            <Meter
              label={t("title")}
              value={taken}
              max={bought}
              text={t("text", { taken, bought })}
            />
            <p className="mt-2 text-xs text-muted">
              <Words seats={seats} />
            </p>
          </div>
          {mayBuy && <ChangeSeats slug={slug} bought={bought} taken={taken} limit={limit} />}
        </div>
      </Card>
    </>
  );
}

function Words({ seats }: { seats: SeatsOf }) {
  const t = useTranslations("seats.card");
  const locale = useLocale();
  const { left, over, oneMore, interval, limit, isPending, billing, whyNoMore } = seats;
  const sentences = [
    over > 0 ? null : t("left", { left }),
    whyNoMore ?? (oneMore && t("oneMore", { amount: formatAmount(oneMore, locale), interval })),
    limit === null || whyNoMore ? null : t("limit", { limit }),
    billing === "true_up" ? t("trueUp") : null,
    isPending ? t("pending") : null,
    t("what"),
  ];
  return <>{sentences.filter(Boolean).join(" ")}</>;
}

function TooMany({ seats: { over, overUntil } }: { seats: SeatsOf }) {
  const t = useTranslations("seats.card");
  return (
    <Banner kind="warning" title={t("overTitle", { over })}>
      {overUntil ? t("overBody", { at: overUntil }) : t("overBodySoon")}
    </Banner>
  );
}
