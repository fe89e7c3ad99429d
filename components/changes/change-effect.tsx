import { useFormatter, useLocale, useTranslations } from "next-intl";
import { DiscountWords } from "#components/changes/discount-words";
import { Amount, formatAmount } from "#components/ui/amount";
import type { ChangePreview, InvoicePreview, PreviewLine } from "#lib/billing/change-preview";
import type { Money } from "#lib/money/money";

/** What a change bills, now and next, line by line as Stripe draws it up. */
export function ChangeEffect({ preview }: { preview: ChangePreview }) {
  const t = useTranslations("changes.effect");
  const { now, next, isExact, isAgreed, effectiveAt, kind, discounts, replaces } = preview;
  const format = useFormatter();
  const isLater = kind === "plan" && effectiveAt !== null;
  return (
    <div className="grid gap-5">
      {now ? (
        <Drawn invoice={now} label={t("now")} isStrong />
      ) : (
        <p className="font-medium">{t("nowNothing")}</p>
      )}
      {next ? <Drawn invoice={next} label={t("next", { at: next.at })} /> : <NoNext kind={kind} />}
      {discounts.length > 0 && (
        <section aria-label={t("discount")} className="grid gap-1">
          <DiscountWords discounts={discounts} />
          {replaces.length > 0 && (
            <p className="text-xs text-muted">{t("replaces", { words: format.list(replaces) })}</p>
          )}
        </section>
      )}
      <p className="text-xs text-muted">
        {isLater && `${t("later")} `}
        {t(isExact ? "exact" : "nearly")}
        {isAgreed && ` ${t("agreed")}`}
      </p>
    </div>
  );
}

function NoNext({ kind }: { kind: ChangePreview["kind"] }) {
  const t = useTranslations("changes.effect");
  const isEnd = kind === "cancel" || kind === "cancel_now";
  return isEnd ? <p className="text-muted">{t("nextNothing")}</p> : null;
}

type DrawnProps = { invoice: InvoicePreview; label: string; isStrong?: boolean };

function Drawn({ invoice, label, isStrong = false }: DrawnProps) {
  const t = useTranslations("changes.effect");
  const { lines, discount, tax, total, due, creditUsed, creditGiven, owedBefore, carriedOver } =
    invoice;
  const isPlain = isNothing(discount) && isNothing(tax);
  const sum = isStrong ? due : total;
  return (
    <section aria-label={label} className="grid gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className={isStrong ? "font-semibold" : "font-medium"}>{label}</h2>
        <Amount of={sum} className={isStrong ? "text-lg font-semibold" : "font-medium"} />
      </div>
      <dl className="grid gap-1.5 border-t border-separator pt-2">
        {lines.map((line) => (
          <Line key={keyOf(line)} line={line} />
        ))}
        {!isPlain && <Sum label={t("subtotal")} of={invoice.subtotal} />}
        {!isNothing(discount) && <Sum label={t("discount")} of={negative(discount)} />}
        {!isNothing(tax) && <Sum label={t("tax")} of={tax} />}
        {!isNothing(creditUsed) && <Sum label={t("credit")} of={negative(creditUsed)} />}
        {!isNothing(owedBefore) && <Sum label={t("owedBefore")} of={owedBefore} />}
        {isStrong && !isNothing(carriedOver) && (
          <Sum label={t("carriedOver")} of={negative(carriedOver)} />
        )}
        {!isNothing(creditGiven) && <Sum label={t("becomesCredit")} of={creditGiven} />}
      </dl>
    </section>
  );
}

function Line({ line }: { line: PreviewLine }) {
  const t = useTranslations("changes.effect");
  const { description, amount, from, to, tax, isTaxInside, discount, isDiscountInside } = line;
  const locale = useLocale();
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="min-w-0">
        <span className="wrap-anywhere">{description}</span>
        <span className="block text-xs text-muted">
          {t("line", { from, to })}
          {!isNothing(discount) && ` · ${t("lineOff", { off: formatAmount(discount, locale) })}`}
          {isDiscountInside && ` · ${t("lineOffInside")}`}
          {!isNothing(tax) && (
            <>
              {" "}
              · {t(isTaxInside ? "lineTaxInside" : "lineTax", { tax: formatAmount(tax, locale) })}
            </>
          )}
        </span>
      </dt>
      <dd>
        <Amount of={amount} />
      </dd>
    </div>
  );
}

function Sum({ label, of }: { label: string; of: Money }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd>
        <Amount of={of} />
      </dd>
    </div>
  );
}

/** From what to what, and when. */
export function ChangeTerms({ preview: { choice, effectiveAt } }: { preview: ChangePreview }) {
  const t = useTranslations("changes.plan");
  const format = useFormatter();
  if (choice.kind !== "plan") return null;
  const terms = ({ planName: plan, interval, seats, addOns }: (typeof choice)["to"]) => [
    t("terms", { plan, interval, seats: seats ?? 0 }),
    ...addOns.map(({ name, quantity }) => t("beside", { name, quantity })),
  ];
  const { from, to, why } = choice;
  return (
    <div className="grid gap-3">
      <dl className="grid gap-1.5">
        {(
          [
            ["from", from],
            ["to", to],
          ] as const
        ).map(([side, of]) => (
          <div key={side} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className="text-muted">{t(side)}</dt>
            <dd className={side === "to" ? "font-medium" : ""}>{format.list(terms(of))}</dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-muted">
        <strong className="font-medium text-foreground">
          {effectiveAt ? t("effective", { at: effectiveAt }) : t("effectiveNow")}.
        </strong>{" "}
        {t(`why.${why}`)}
      </p>
    </div>
  );
}

function isNothing({ minor }: Money): boolean {
  return minor === 0n;
}

function negative({ minor, currency }: Money): Money {
  return { minor: -minor, currency };
}

function keyOf({ description, from, amount }: PreviewLine): string {
  return `${description}:${from.getTime()}:${amount.minor}`;
}
