import { Equal, RefreshCw, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";

const promises = [
  { key: "lockstep", Icon: RefreshCw },
  { key: "exact", Icon: Equal },
  { key: "walled", Icon: ShieldCheck },
] as const;

/** What one can hold us to. */
export function Promises() {
  const t = useTranslations("marketing.landing.promises");
  return (
    <section aria-label={t("title")} className="grid gap-8 md:grid-cols-3">
      {promises.map(({ key, Icon }) => (
        <div key={key} className="border-t border-border pt-5">
          <Icon aria-hidden className="size-4 text-accent" />
          <h2 className="mt-3 text-base font-semibold">{t(`${key}.title`)}</h2>
          <p className="mt-1.5 text-sm leading-5 text-pretty text-muted">{t(`${key}.body`)}</p>
        </div>
      ))}
    </section>
  );
}
