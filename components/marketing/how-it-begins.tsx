import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Status } from "#components/ui/status";

const steps = [
  { key: "choose", label: "choice", of: "open" },
  { key: "pay", label: "checkout", of: "completed" },
  { key: "tell", label: "event", of: "done" },
  { key: "active", label: "subscription", of: "active" },
] as const;

/** From a choice to an active plan, as the picture a trace would be. */
export function HowItBegins() {
  const t = useTranslations("marketing.landing.how");
  return (
    <Card title={t("title")} note={t("note")}>
      <ol className="grid gap-3 md:grid-cols-4">
        {steps.map(({ key, label, of }) => (
          <li key={key} className="rounded-lg border border-border p-4">
            <p className="flex items-center justify-between gap-2">
              <span className="font-mono text-2xs text-muted">{label}</span>
              <Status of={of} />
            </p>
            <h3 className="mt-3 font-semibold">{t(`${key}.title`)}</h3>
            <p className="mt-1 text-muted">{t(`${key}.body`)}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
