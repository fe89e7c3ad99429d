import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/status";
import { readableName, wordOf } from "#lib/connect/requirement-words";
import type { Requirement } from "#lib/connect/standing";

type Props = {
  requirements: readonly Requirement[];
  /** The soonest deadline of what is asked now. */
  dueAt: Date | null;
};

/** What Stripe asks, in words a person understands: by when, and what stops without it. */
export function RequirementList({ requirements, dueAt }: Props) {
  const t = useTranslations("connect.requirements");
  if (requirements.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul className="grid">
      {requirements.map((requirement) => (
        <li
          key={`${requirement.description} ${requirement.resource} ${requirement.isFuture}`}
          className="border-t border-separator py-2.5 first:border-t-0 first:pt-0 last:pb-0"
        >
          <Row requirement={requirement} dueAt={dueAt} />
        </li>
      ))}
    </ul>
  );
}

const tones: Record<ReturnType<typeof stateOf>, Tone> = {
  past_due: "bad",
  currently_due: "waiting",
  eventually_due: "quiet",
  future: "quiet",
  checking: "waiting",
};

function stateOf({ awaits, due, isFuture }: Requirement) {
  if (isFuture) return "future";
  return awaits === "stripe" ? "checking" : due;
}

function Row({ requirement, dueAt }: { requirement: Requirement; dueAt: Date | null }) {
  const t = useTranslations("connect.requirements");
  const stopped = useStopped(requirement);
  const { description, errors } = requirement;
  const state = stateOf(requirement);
  const name = readableName(description);
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <span title={description}>{t(`words.${wordOf(description)}`, { name })}</span>
        <Status of={state} tone={tones[state]}>
          {t(`due.${state}`)}
        </Status>
      </p>
      <p className="text-xs text-muted">
        {state === "currently_due" && dueAt && `${t("by", { at: dueAt })}. `}
        {stopped && t(state === "past_due" ? "stopped" : "stops", { what: stopped })}
      </p>
      {errors.map(({ code, description: text }) => (
        <p key={code} className="text-xs text-danger">
          {t("error", { text })}
        </p>
      ))}
    </>
  );
}

/** What stops without it, each once: many ways to pay are one word. */
function useStopped({ stops }: Requirement): string {
  const t = useTranslations("connect.capabilities");
  const words = stops.map(({ capability }) => {
    if (capability.endsWith("stripe_transfers")) return t("transfers");
    if (capability.endsWith("payouts")) return t("payouts");
    if (capability === "card_payments") return t("card_payments");
    return t("other", { name: readableName(capability).toLowerCase() });
  });
  return [...new Set(words)].join(", ");
}
