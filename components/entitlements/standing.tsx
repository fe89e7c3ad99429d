import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button";
import { Status, type Tone } from "#components/ui/status";
import type { Standing as StandingOf } from "#lib/entitlements/explain-standing";

const tones = {
  all: "good",
  grace: "waiting",
  restricted: "bad",
  free: "quiet",
} as const satisfies Record<StandingOf["state"], Tone>;

/** The words that say why, by how the subscription stands. */
const whys = {
  trialing: "trialing",
  active: "active",
  past_due: "grace",
  unpaid: "unpaid",
  paused: "paused",
  canceled: "canceled",
  incomplete: "incomplete",
} as const;

const mends = {
  past_due: "pay",
  unpaid: "pay",
  incomplete: "pay",
  paused: "resume",
  active: "keep",
} as const;

type Props = { standing: StandingOf; plan: string; slug: string | null };

/** How much of its plan a workspace has, why, since when, until when, and what mends it. */
export function Standing({ standing, plan, slug }: Props) {
  const t = useTranslations("seats.entitlements");
  const { state, since, until, mend, status } = standing;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-semibold">{plan}</span>
          <Status of={state} tone={tones[state]}>
            {t(`states.${state}`)}
          </Status>
        </p>
        <p className="mt-1 text-muted">
          {t(`why.${whyOf(standing)}`, { plan })}{" "}
          {until ? t("until", { at: until }) : since && t("since", { at: since })}
        </p>
      </div>
      {slug && mend && (
        <LinkButton size="sm" variant="secondary" href={`/${slug}${mend.path}`}>
          {t(`mend.${mends[status as keyof typeof mends] ?? "choose"}`)}
        </LinkButton>
      )}
    </div>
  );
}

function whyOf({ status, state, until }: StandingOf) {
  if (status === "active" && until) return "ending";
  if (status === "past_due" && state === "restricted") return "late";
  return whys[status as keyof typeof whys] ?? "none";
}
