import { useFormatter, useTranslations } from "next-intl";

export type SandboxNote = {
  /** The local Stripe's own page. */
  readonly sandboxUrl: string;
  /** What its clock says. */
  readonly now: Date;
};

/** Says that the money here is not real, and what day it is there. Only in local mode. */
export function SandboxBox({ sandboxUrl, now }: SandboxNote) {
  const t = useTranslations("common.shell");
  const format = useFormatter();
  return (
    <p className="mt-auto rounded-lg border border-dashed border-border px-2.5 py-2 text-2xs text-muted">
      {t("localStripe")} ·{" "}
      {format.dateTime(now, { day: "numeric", month: "short", year: "numeric" })}{" "}
      <a
        href={sandboxUrl}
        target="_blank"
        rel="noreferrer"
        className="font-medium whitespace-nowrap text-link hover:underline"
      >
        {t("openLocalStripe")}
      </a>
    </p>
  );
}
