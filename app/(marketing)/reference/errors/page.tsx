import { getTranslations } from "next-intl/server";
import { ReferencePage } from "#components/reference/reference-nav";
import { apiProblems, problemCodes } from "#lib/web/api-problems";

export async function generateMetadata() {
  const t = await getTranslations("reference");
  return { title: `${t("errors")} · API`, description: t("errorsLead") };
}

/** Where the `type` of every problem leads. */
export default async function ReferenceErrors() {
  const t = await getTranslations("reference");
  return (
    <ReferencePage current="errors">
      <h1 className="text-2xl font-semibold tracking-tight">{t("errors")}</h1>
      <p className="mt-2 mb-6 max-w-2xl text-base text-muted">{t("errorsLead")}</p>
      {problemCodes.map((code) => {
        const { status, title, means, mend } = apiProblems[code];
        return (
          <section key={code} className="border-t border-border py-4">
            <h2
              id={code}
              className="flex scroll-mt-20 flex-wrap items-baseline gap-x-2 font-semibold"
            >
              {status} {title}{" "}
              <code className="font-mono text-xs font-normal text-muted">{code}</code>
            </h2>
            <dl className="mt-1 grid gap-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <dt className="text-muted">{t("means")}</dt>
              <dd>{means}</dd>
              <dt className="text-muted">{t("mend")}</dt>
              <dd>{mend}</dd>
            </dl>
          </section>
        );
      })}
    </ReferencePage>
  );
}
