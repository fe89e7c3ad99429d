import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { ResendVerification } from "#components/tenant-overview/resend-verification";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import type { TenantOverview } from "#lib/overview/get-tenant-overview";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";
import type { Person } from "#lib/tenancy/person";

type Step = {
  key: "verify" | "plan" | "payments" | "invite";
  isDone: boolean;
  detail: string;
  /** What to press; nothing where it is done or another's to do. */
  action?: React.ReactNode;
};

type Props = {
  ctx: Pick<TenantContext, "role" | "tenantSlug">;
  person: Person;
  overview: TenantOverview;
};

/** True while a workspace is new to the one who looks and there is something they can set up. */
export function isSettingUp({ ctx, person, overview }: Props): boolean {
  const { subscription, members } = overview;
  const isTheirs = mayInTenant(ctx.role, "members:invite");
  return isTheirs && !(person.isVerified && subscription !== null && members.count > 1);
}

/** The first steps of a workspace. It reads what is done, so it resumes wherever one left. */
export function GettingStarted(props: Props) {
  const t = useTranslations("tenant.setup");
  const paid = usePaymentsStep(props);
  const own = [useVerifyStep(props), usePlanStep(props)];
  const steps = [...own, ...(paid ? [paid] : []), useInviteStep(props)];
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card title={t("title")} note={t("progress", { done, total: steps.length })}>
      <ol className="grid">
        {steps.map(({ key, isDone, detail, action }) => (
          <li
            key={key}
            className="flex flex-wrap items-start gap-x-3 gap-y-2 border-t border-separator py-3 first:border-t-0 first:pt-1 last:pb-0"
          >
            <StepMark isDone={isDone} label={isDone ? t("done") : t("notDone")} />
            <div className="min-w-0 flex-1 basis-56">
              <p className={isDone ? "text-muted" : "font-medium"}>{t(`${key}.title`)}</p>
              <p className="text-xs break-words text-muted">{detail}</p>
            </div>
            {action}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function StepMark({ isDone, label }: { isDone: boolean; label: string }) {
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <span className="mt-0.5">
      <Icon aria-hidden className={`size-4 ${isDone ? "text-success" : "text-muted"}`} />
      <span className="sr-only">{label}</span>
    </span>
  );
}

function useVerifyStep({ person: { email, isVerified } }: Props): Step {
  const t = useTranslations("tenant.setup.verify");
  if (isVerified) return { key: "verify", isDone: true, detail: t("done", { email }) };
  const action = <ResendVerification email={email} />;
  return { key: "verify", isDone: false, detail: t("todo", { email }), action };
}

function usePlanStep({ ctx, overview }: Props): Step {
  const t = useTranslations("tenant");
  const { subscription, plan, needs } = overview;
  if (subscription) {
    const status = t(`subscription.${subscription.status}`);
    const detail = t("setup.plan.done", { plan: plan.name, status });
    return { key: "plan", isDone: true, detail };
  }
  const isUnfinished = needs.some(({ kind }) => kind === "checkout_unfinished");
  const action = (
    <LinkButton size="sm" href={`/${ctx.tenantSlug}/billing`}>
      {t(isUnfinished ? "setup.plan.continue" : "setup.plan.action")}
    </LinkButton>
  );
  const detail = t(isUnfinished ? "setup.plan.unfinished" : "setup.plan.todo");
  return { key: "plan", isDone: false, detail, action };
}

/** Being paid by customers is offered and not asked for: who never wants it is set up without. */
function usePaymentsStep({ ctx, overview: { payments } }: Props): Step | null {
  const t = useTranslations("tenant.setup.payments");
  if (payments === null || payments === "closed") return null;
  if (payments === "active") return { key: "payments", isDone: true, detail: t("done") };
  const isBegun = payments !== "invited";
  const action = mayInTenant(ctx.role, "connect:onboard") && (
    <LinkButton size="sm" variant="secondary" href={`/${ctx.tenantSlug}/onboarding`}>
      {t(isBegun ? "continue" : "action")}
    </LinkButton>
  );
  const detail = t(payments === "verifying" ? "checking" : isBegun ? "unfinished" : "todo");
  return { key: "payments", isDone: false, detail, action };
}

function useInviteStep({ ctx, overview: { members } }: Props): Step {
  const t = useTranslations("tenant.setup.invite");
  const { count, pending } = members;
  if (count > 1) return { key: "invite", isDone: true, detail: t("done", { count }) };
  const team = `/${ctx.tenantSlug}/team`;
  const action = (
    <LinkButton size="sm" variant="secondary" href={pending ? team : `${team}?invite`}>
      {pending ? t("see") : t("action")}
    </LinkButton>
  );
  const detail = pending ? t("pending", { count: pending }) : t("todo");
  return { key: "invite", isDone: false, detail, action };
}
