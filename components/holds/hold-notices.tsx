import { useTranslations } from "next-intl";
import { AppealButton } from "#components/holds/appeal-button";
import { ConfirmDetails } from "#components/holds/confirm-details";
import { Banner } from "#components/ui/banner";
import type { AccountView } from "#lib/connect/get-account";
import type { AppealView, HoldView } from "#lib/connect/read-holds";

type Props = { slug: string; account: AccountView; mayAppeal: boolean };

/** What the platform stops now: why, until when, what changes it, and what can be said against. */
export function HoldNotices({ slug, account, mayAppeal }: Props) {
  const t = useTranslations("holds");
  const open = account.holds.filter(({ endedAt }) => endedAt === null);
  return (
    <>
      {account.confirm && (
        <Banner
          kind="warning"
          title={t("confirm.title")}
          action={mayAppeal && <ConfirmDetails slug={slug} />}
        >
          {t("confirm.body", { at: account.confirm.stopsAt })}
        </Banner>
      )}
      {open.map((hold) => (
        <Banner
          key={hold.id}
          kind="danger"
          title={`${t("what", { what: whatOf(hold) })}.`}
          action={mayAppeal && !waits(hold) && <AppealButton slug={slug} holdId={hold.id} />}
        >
          <HoldWords hold={hold} mayAppeal={mayAppeal} />
        </Banner>
      ))}
    </>
  );
}

/** Which of the two a hold stops, as a key of words. */
export function whatOf({ payments, payouts }: Pick<HoldView, "payments" | "payouts">) {
  if (payments && payouts) return "both";
  return payments ? "payments" : "payouts";
}

const waits = ({ appeals }: HoldView) => appeals.some(({ decision }) => decision === null);

function HoldWords({ hold, mayAppeal }: { hold: HoldView; mayAppeal: boolean }) {
  const t = useTranslations("holds");
  const { reason, until, rule, appeals } = hold;
  return (
    <>
      {t("why", { reason })} {until ? t("until", { at: until }) : t("open")}
      {rule && ` ${t("mend", { mend: rule.mend })} ${t("rule", rule)}`}
      {!mayAppeal && ` ${t("notYours")}`}
      {appeals.map((appeal) => (
        <AppealWords key={appeal.id} appeal={appeal} />
      ))}
    </>
  );
}

function AppealWords({ appeal: { text, madeAt, decision, answer } }: { appeal: AppealView }) {
  const t = useTranslations("holds");
  return (
    <span className="mt-1 block text-xs wrap-anywhere">
      {t("appealed", { at: madeAt, text })}{" "}
      {decision ? t("answered", { decision, answer: answer ?? "" }) : t("waiting")}
    </span>
  );
}
