import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { apiDocument } from "#app/api/v1/api-document";
import { FindOperation } from "#components/reference/find-operation";
import { ReferencePage } from "#components/reference/reference-nav";
import { type ApiArea, apiAreas } from "#lib/web/api-areas";
import { listOperations } from "#lib/web/api-examples";
import { limits } from "#lib/web/limits";

export async function generateMetadata() {
  const t = await getTranslations("reference");
  return { title: t("title"), description: t("description") };
}

const chapters = ["keys", "twice", "lists", "limits", "values", "request"] as const;

export default async function Reference() {
  const t = await getTranslations("reference");
  const operations = listOperations(await apiDocument());
  const all = operations.map(({ path, method, operation }) => ({
    ...{ path, method, summary: operation.summary },
    href: `/reference/${operation.tags[0]}#${operation.operationId}`,
  }));
  const found = Object.fromEntries(
    Array.from({ length: all.length + 1 }, (_, count) => [count, t("found", { count })]),
  );
  const most = { ofKey: limits["api.key"].points, ofWorkspace: limits["api.workspace"].points };
  return (
    <ReferencePage current="overview">
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      <p className="mt-2 max-w-2xl text-base text-muted">{t("lead")}</p>
      <div className="mt-5">
        <FindOperation
          all={all}
          words={{ label: t("searchLabel"), hint: t("searchHint"), found }}
        />
      </div>
      <Areas
        countOf={(area) => operations.filter(({ operation: { tags } }) => tags[0] === area).length}
      />
      <div className="mt-8 grid gap-x-8 gap-y-6 md:grid-cols-2">
        {chapters.map((chapter) => (
          <section key={chapter}>
            <h2 className="font-semibold">{t(`guide.${chapter}`)}</h2>
            <p className="mt-1 text-muted">{t(`guide.${chapter}Body`, most)}</p>
          </section>
        ))}
      </div>
      <p className="mt-8">
        <a href="/api/v1/openapi.json" className="text-link hover:underline">
          {t("document")}
        </a>
      </p>
    </ReferencePage>
  );
}

async function Areas({ countOf }: { countOf: (area: ApiArea) => number }) {
  const t = await getTranslations("reference");
  return (
    <ul className="mt-4 grid gap-3 sm:grid-cols-2">
      {(Object.keys(apiAreas) as ApiArea[]).map((area) => (
        <li key={area} className="relative rounded-lg border border-border bg-surface p-4">
          <h2 className="font-semibold">
            <Link href={`/reference/${area}`} className="after:absolute after:inset-0">
              {apiAreas[area].name}
            </Link>
          </h2>
          <p className="mt-1 text-muted">{apiAreas[area].about}</p>
          <p className="mt-1 text-xs text-muted">{t("operations", { count: countOf(area) })}</p>
        </li>
      ))}
    </ul>
  );
}
