import { useLocale, useTranslations } from "next-intl";
import { PartsTable } from "#components/payouts/parts-table";
import { PayoutFacts } from "#components/payouts/payout-facts";
import { PayoutPicture } from "#components/payouts/payout-picture";
import { Amount, formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Tabs } from "#components/ui/tabs";
import type { Page } from "#lib/keyset";
import type { PayoutTrace } from "#lib/payouts/get-payout";
import type { Part } from "#lib/payouts/list-parts";
import type { PartKind } from "#lib/payouts/part";

type Props = {
  trace: PayoutTrace;
  parts: Page<Part>;
  /** The page's own address, and where the table is had as a file. */
  at: string;
  csv: string;
  payoutHref: (payoutId: string) => string;
  paymentHref?: (chargeId: string) => string;
  /** Where a bank account is mended. */
  bankHref?: string;
  kind?: PartKind | undefined;
};

/** A payout as its own page shows it, to a workspace and to the platform alike. */
export function PayoutBody(props: Props) {
  const { trace, payoutHref, bankHref } = props;
  const t = useTranslations("payouts.one");
  return (
    <>
      {trace.failure && <Failure trace={trace} bankHref={bankHref} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        {trace.parts === "not_itemised" ? (
          <Covering trace={trace} />
        ) : (
          <Card title={t("picture")} note={t("pictureNote")}>
            <Picture trace={trace} />
          </Card>
        )}
        <PayoutFacts trace={trace} payoutHref={payoutHref} />
      </div>
      {trace.composition && <Parts {...props} />}
    </>
  );
}

function Failure({ trace, bankHref }: { trace: PayoutTrace; bankHref?: string | undefined }) {
  const t = useTranslations("payouts.failures");
  const target = useTranslations("payouts.target");
  const { code, mend, message, stops } = trace.failure!;
  return (
    <Banner
      kind="danger"
      title={t("title", { why: t(`codes.${code}`) })}
      action={
        bankHref && (
          <LinkButton size="sm" variant="secondary" href={bankHref}>
            {target("mend")}
          </LinkButton>
        )
      }
    >
      {t("safe")} {stops && t("stops")} {t(`mends.${mend}`)}{" "}
      {code === "other" && message && t("said", { message })}
    </Banner>
  );
}

/** The picture, and whether it adds up: said, never left to be seen. */
function Picture({ trace }: { trace: PayoutTrace }) {
  const t = useTranslations("payouts.one");
  const locale = useLocale();
  const { composition } = trace;
  if (!composition) return <p className="text-muted">{t("awaited")}</p>;
  const missing = formatAmount(composition.missing, locale);
  const verdict =
    composition.readAt === null
      ? t("reading", { missing })
      : composition.missing.minor === 0n
        ? t("adds")
        : t("differs", { missing });
  return (
    <div className="grid gap-4">
      <PayoutPicture trace={trace} of={composition} />
      <p className={composition.missing.minor === 0n ? "text-muted" : "font-semibold"}>{verdict}</p>
    </div>
  );
}

function Parts({ trace, parts, at, csv, paymentHref, kind }: Props) {
  const t = useTranslations("payouts.one");
  const kinds = trace.composition!.lines.map((line) => line.kind);
  return (
    <Card
      flush
      title={t("parts")}
      action={
        <a href={kind ? `${csv}?kind=${kind}` : csv} download className="text-link hover:underline">
          {t("csv")}
        </a>
      }
    >
      <div className="px-4">
        <Tabs
          label={t("parts")}
          tabs={[
            { label: t("all"), href: at, isCurrent: kind === undefined },
            ...kinds.map((one) => ({
              ...{ label: t(`kinds.${one}`), href: `${at}?kind=${one}`, isCurrent: one === kind },
            })),
          ]}
        />
      </div>
      <PartsTable page={parts} paymentHref={paymentHref} />
    </Card>
  );
}

/** What a manual payout can be said to come from: what had become available before it. */
function Covering({ trace }: { trace: PayoutTrace }) {
  const t = useTranslations("payouts.one");
  const locale = useLocale();
  const { covering } = trace;
  if (!covering) {
    return <Card title={t("coveringTitle")}>{t("noParts")}</Card>;
  }
  const total = formatAmount(covering.total, locale);
  const { since, rows, fromBefore, isCut } = covering;
  return (
    <Card title={t("coveringTitle")}>
      <p className="text-muted">
        {since ? t("covering", { since, total }) : t("coveringFirst", { total })}{" "}
        {fromBefore.minor > 0n && t("fromBefore", { amount: formatAmount(fromBefore, locale) })}
      </p>
      <ul className="mt-3 grid gap-1">
        {rows.slice(0, 20).map(({ id, category, sourceId, net, availableAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-3">
            <span className="text-muted">{category.replaceAll("_", " ")}</span>
            <CopyableId id={sourceId ?? id} />
            <Moment at={availableAt} as="date" />
            <Amount of={net} />
          </li>
        ))}
      </ul>
      {(isCut || rows.length > 20) && <p className="mt-2 text-xs text-muted">{t("cut")}</p>}
    </Card>
  );
}
