import { useLocale, useTranslations } from "next-intl";
import { ResendVerification } from "#components/tenant-overview/resend-verification";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { TenantOverview } from "#lib/overview/get-tenant-overview";
import type { Need } from "#lib/overview/needs";

type Props = { needs: readonly Need[]; overview: TenantOverview; email: string };

/** What asks for someone, the most urgent first: what it is, what follows, the one step. */
export function Needs({ needs, overview, email }: Props) {
  return needs.map((need) => (
    <NeedBanner key={need.kind} need={need} overview={overview} email={email} />
  ));
}

type Plain = Exclude<
  Need["kind"],
  "past_due" | "ending" | "checkout_unfinished" | "verify_email" | "choose_plan"
>;

/** The needs that say no more than what, by when, and the one step. */
const plain: ReadonlySet<string> = new Set<Plain>([
  ...([
    "dispute_waiting",
    "change_unpaid",
    "seats_over",
    "trial_ending",
    "payments_disconnected",
    "payments_held",
    "payouts_held",
  ] as const),
  ...(["payments_restricted", "requirements_due", "onboarding_open", "confirm_details"] as const),
]);
const isPlain = (kind: Need["kind"]): kind is Plain => plain.has(kind);

function PlainNeed({ need, kind }: { need: Need; kind: Plain }) {
  const t = useTranslations("tenant.needs");
  return (
    <Banner
      kind={need.tone}
      title={t(`${kind}.title`)}
      action={
        <LinkButton size="sm" variant="secondary" href={need.action.href}>
          {t(`${kind}.action`)}
        </LinkButton>
      }
    >
      {need.by ? t(`${kind}.body`, { at: need.by }) : t(`${kind}.bodyOpen`)}
    </Banner>
  );
}

function NeedBanner({ need, overview, email }: { need: Need } & Omit<Props, "needs">) {
  const t = useTranslations("tenant.needs");
  const due = useAmountDue(overview);
  const step = (label: string) => (
    <LinkButton size="sm" variant="secondary" href={need.action.href}>
      {label}
    </LinkButton>
  );
  const { kind } = need;
  if (isPlain(kind)) return <PlainNeed need={need} kind={kind} />;
  switch (kind) {
    case "past_due":
      return (
        <Banner
          kind={need.tone}
          title={t("past_due.title")}
          action={step(t(due ? "past_due.invoice" : "past_due.billing"))}
        >
          {due ? t("past_due.body", { amount: due }) : t("past_due.bodyUnknown")}
        </Banner>
      );
    case "ending":
      return (
        <Banner
          kind={need.tone}
          title={t("ending.title", { at: need.by ?? new Date(0) })}
          action={step(t("ending.action"))}
        >
          {t("ending.body")}
        </Banner>
      );
    case "checkout_unfinished":
      return (
        <Banner
          kind={need.tone}
          title={t("checkout_unfinished.title")}
          action={step(t("checkout_unfinished.action"))}
        >
          {need.by
            ? t("checkout_unfinished.body", { at: need.by })
            : t("checkout_unfinished.bodyUnknown")}
        </Banner>
      );
    case "verify_email":
      return (
        <Banner
          kind={need.tone}
          title={t("verify_email.title")}
          action={<ResendVerification email={email} />}
        >
          {t("verify_email.body", { email })}
        </Banner>
      );
    case "choose_plan":
      return (
        <Banner
          kind={need.tone}
          title={t("choose_plan.title")}
          action={step(t("choose_plan.action"))}
        >
          {t("choose_plan.body")}
        </Banner>
      );
  }
}

function useAmountDue({ invoices }: TenantOverview): string | undefined {
  const locale = useLocale();
  const open = invoices?.find(({ status }) => status === "open");
  return open && formatAmount(open.amountDue, locale);
}
