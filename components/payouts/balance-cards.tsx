import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Amount, formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import { Stat, Stats } from "#components/ui/stat";
import type { Balances, CurrencyBalance } from "#lib/payouts/get-balances";

/** What there is in each currency, when more lands, and where it goes. */
export function BalanceCards({ balances, slug }: { balances: Balances; slug: string }) {
  const t = useTranslations("payouts");
  const { currencies, isHeld, settings } = balances;
  return (
    <>
      {isHeld && <Banner kind="warning" title={t("held")} action={<ToAccount slug={slug} />} />}
      {!isHeld && !settings.isEnabled && (
        <Banner kind="danger" title={t("stopped")} action={<ToAccount slug={slug} />} />
      )}
      {currencies.length === 0 && <Banner title={t("balance.none")} />}
      {currencies.map((balance) => (
        <CurrencyCards key={balance.currency} balance={balance} all={balances} slug={slug} />
      ))}
    </>
  );
}

type Props = { balance: CurrencyBalance; all: Balances; slug: string };

function CurrencyCards({ balance, all, slug }: Props) {
  const t = useTranslations("payouts.balance");
  const locale = useLocale();
  const { available, pending, reserved, instant, target, landing, unplaced } = balance;
  const currency = balance.currency.toUpperCase();
  const words = (sum: CurrencyBalance["available"]) => formatAmount(sum, locale);
  return (
    <>
      <Debt balance={balance} lossesAre={all.lossesAre} />
      <Target balance={balance} slug={slug} />
      <Stats>
        <Stat
          label={t("available", { currency })}
          value={<Amount of={available} />}
          note={<GoesWhere balance={balance} all={all} />}
        />
        <Stat
          label={t("pending", { currency })}
          value={<Amount of={pending} />}
          note={
            landing.length === 0 && unplaced.minor === 0n ? (
              t("pendingNone")
            ) : (
              <>
                {landing.slice(0, 3).map(({ day, amount }) => (
                  <span key={day.getTime()} className="block">
                    {t("lands", { amount: words(amount), day })}
                  </span>
                ))}
                {restOf(landing.slice(3), unplaced.minor) !== 0n && (
                  <span className="block">
                    {t("unplaced", {
                      amount: words({
                        minor: restOf(landing.slice(3), unplaced.minor),
                        currency: balance.currency,
                      }),
                    })}
                  </span>
                )}
              </>
            )
          }
        />
        {reserved.minor !== 0n && (
          <Stat
            label={t("reserved", { currency })}
            value={<Amount of={reserved} />}
            note={t("reservedNote")}
          />
        )}
        {instant && target && (
          <Stat
            label={t("instant", { currency })}
            value={<Amount of={instant.arrives} />}
            note={t("instantNote", {
              fee: words({
                minor: instant.drawn.minor - instant.arrives.minor,
                currency: balance.currency,
              }),
            })}
          />
        )}
      </Stats>
    </>
  );
}

function restOf(landing: CurrencyBalance["landing"], unplaced: bigint): bigint {
  return landing.reduce((sum, { amount }) => sum + amount.minor, unplaced);
}

/** What becomes of what is available, and by when. */
function GoesWhere({ balance, all }: Pick<Props, "balance" | "all">) {
  const t = useTranslations("payouts");
  const { target, available, minimum } = balance;
  const locale = useLocale();
  const when = all.isHeld
    ? t("balance.heldNote")
    : all.nextPayoutOn && available.minor > 0n
      ? t("balance.goesOn", { day: all.nextPayoutOn })
      : all.settings.interval === "manual"
        ? t("balance.byHand")
        : t("balance.availableNote");
  const name = target?.name ?? t("target.someBank");
  return (
    <>
      <span className="block">{when}</span>
      {target && <span className="block">{t("target.to", { name, last4: target.last4 })}</span>}
      {minimum && (
        <span className="block">
          {t("balance.minimum", { amount: formatAmount(minimum, locale) })}
        </span>
      )}
    </>
  );
}

/** A balance below nothing: who stands in for it, and what happens. */
function Debt({ balance, lossesAre }: { balance: CurrencyBalance } & Pick<Balances, "lossesAre">) {
  const t = useTranslations("payouts.balance");
  const locale = useLocale();
  const whole = balance.available.minor + balance.pending.minor;
  if (whole >= 0n) return null;
  const amount = formatAmount({ minor: -whole, currency: balance.currency }, locale);
  return (
    <Banner kind="danger" title={t("negativeTitle", { amount })}>
      {t(`negative.${lossesAre}`)}
    </Banner>
  );
}

function Target({ balance, slug }: Pick<Props, "balance" | "slug">) {
  const t = useTranslations("payouts.target");
  const { target, available, pending } = balance;
  if (!target) {
    if (available.minor + pending.minor <= 0n) return null;
    return (
      <Banner kind="warning" title={t("none", { currency: balance.currency.toUpperCase() })}>
        <ToBank slug={slug} />
      </Banner>
    );
  }
  if (!target.isErrored) return null;
  const name = target.name ?? t("someBank");
  return (
    <Banner
      kind="danger"
      title={t("erroredTitle", { name, last4: target.last4 })}
      action={<ToBank slug={slug} />}
    >
      {t("errored")}
    </Banner>
  );
}

function ToBank({ slug }: { slug: string }) {
  const t = useTranslations("payouts.target");
  return (
    <LinkButton size="sm" variant="secondary" href={`/${slug}/payouts?view=payouts`}>
      {t("mend")}
    </LinkButton>
  );
}

function ToAccount({ slug }: { slug: string }) {
  const t = useTranslations("connect.unready");
  return (
    <LinkButton size="sm" variant="secondary" href={`/${slug}/onboarding`}>
      {t("action")}
    </LinkButton>
  );
}

/** When payouts leave by themselves, in a few words. */
export function ScheduleWords({ settings }: Pick<Balances, "settings">) {
  const t = useTranslations("payouts.schedule");
  const format = useFormatter();
  const { interval, weekdays, monthDays, delayDays } = settings;
  const named = weekdays.map((day) => t(`days.${day as "monday"}`));
  const words = {
    daily: t("daily"),
    weekly: t("weekly", { days: format.list(named) }),
    monthly: t("monthly", { days: format.list(monthDays.map(String)) }),
    manual: t("manual"),
  };
  return (
    <p>
      <strong className="font-semibold">{interval ? words[interval] : t("unknown")}.</strong>{" "}
      <span className="text-muted">{t("delay", { days: delayDays })}</span>
    </p>
  );
}
