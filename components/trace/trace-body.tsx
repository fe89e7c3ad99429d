import { Route, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Places } from "#components/trace/places";
import { TraceList } from "#components/trace/trace-list";
import { TracePicture } from "#components/trace/trace-picture";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle, LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { keyOf } from "#lib/trace/node";
import type { TraceFound } from "#lib/trace/trace-from";

type Props = {
  /** What was asked for, and what came of it: a trace, or why there is none. */
  asked: { id?: string | undefined; width: number };
  found: TraceFound | string | null;
  /** Where this page is, and where the API says the same. */
  at: string;
  api: string;
  places: Places;
};

const widest = 50;

/** The page of a trace: the box for an id, and the way of the money as a picture. */
export function TraceBody({ asked, found, at, api, places }: Props) {
  const t = useTranslations("trace");
  const trace = typeof found === "object" ? found : null;
  const start = trace && new URLSearchParams({ kind: trace.start.kind, scope: trace.start.scope });
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={t("sentence")}
        actions={
          trace && (
            <a
              href={`${api}/${encodeURIComponent(trace.start.id)}?${start}&width=${asked.width}`}
              className={buttonStyle("secondary", "sm")}
            >
              {t("json")}
            </a>
          )
        }
      />
      <Card flush>
        <Lookup at={at} id={asked.id} />
        {trace ? (
          <Found trace={trace} asked={asked} places={places} />
        ) : (
          <div className="border-t border-border">
            {typeof found === "string" ? (
              <EmptyState icon={<SearchX />} title={t("unknown")}>
                {found}
              </EmptyState>
            ) : (
              <EmptyState icon={<Route />} title={t("empty.title")}>
                {t("empty.body")}
              </EmptyState>
            )}
          </div>
        )}
      </Card>
    </Page>
  );
}

function Lookup({ at, id }: { at: string; id: string | undefined }) {
  const t = useTranslations("trace");
  return (
    <search>
      <form action={at} className="flex flex-wrap items-center gap-2 p-3">
        <input
          type="search"
          name="id"
          aria-label={t("box")}
          placeholder={t("box")}
          defaultValue={id}
          key={id}
          required
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          className="input input--primary h-9 min-w-0 flex-1 basis-56 px-2 font-mono text-base sm:text-sm"
        />
        <button type="submit" className={buttonStyle("primary", "sm")}>
          {t("go")}
        </button>
      </form>
    </search>
  );
}

type FoundProps = { trace: TraceFound; asked: Props["asked"]; places: Places };

function Found({ trace, asked, places }: FoundProps) {
  const t = useTranslations("trace");
  const { start, alsoNamed, isCut, rest } = trace;
  const isNarrow = rest.some(({ why }) => why === "more") && asked.width < widest;
  return (
    <div className="border-t border-border">
      <div className="grid gap-2 px-4 pt-3">
        <h2 className="text-xs text-muted">
          {t("from", { what: `${t(`kinds.${start.kind}`)} ${start.id}` })}
        </h2>
        {alsoNamed.length > 0 && (
          <p>
            {t("alsoNamed")}{" "}
            {alsoNamed.map((key) => (
              <span key={keyOf(key)} className="me-2">
                <TextLink
                  href={places.trace(key)}
                >{`${t(`kinds.${key.kind}`)} ${key.scope}`}</TextLink>
              </span>
            ))}
          </p>
        )}
        {isCut && <Banner title={t("cut")} />}
      </div>
      <TracePicture trace={trace} places={places} />
      <TraceList trace={trace} places={places} />
      {isNarrow && (
        <div className="px-4 pb-4">
          <LinkButton href={`${places.trace(start)}&width=${widest}`} variant="secondary" size="sm">
            {t("wider")}
          </LinkButton>
        </div>
      )}
    </div>
  );
}
