import { Check } from "lucide-react";
import { useTranslations } from "next-intl";

/** For whom it is: the companies on a platform, and the people who run it. */
export function Rooms() {
  const t = useTranslations("marketing.landing.who");
  const rooms = [
    {
      title: t("tenants.title"),
      body: t("tenants.body"),
      items: (["plan", "invoices", "team", "audit"] as const).map((item) =>
        t(`tenants.items.${item}`),
      ),
    },
    {
      title: t("platform.title"),
      body: t("platform.body"),
      items: (["tenants", "plans", "events", "system"] as const).map((item) =>
        t(`platform.items.${item}`),
      ),
    },
  ];
  return (
    <section className="grid gap-6">
      <h2 className="text-2xl font-semibold tracking-tight">{t("title")}</h2>
      <div className="grid gap-4 md:grid-cols-2">
        {rooms.map(({ title, body, items }) => (
          <div key={title} className="rounded-lg border border-border bg-surface p-6">
            <h3 className="text-base font-semibold">{title}</h3>
            <p className="mt-1.5 text-muted">{body}</p>
            <ul className="mt-4 grid gap-2">
              {items.map((item) => (
                <li key={item} className="flex items-center gap-2">
                  <Check aria-hidden className="size-3.5 shrink-0 text-accent" />
                  {item}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
