import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/developers/code-block";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { StatusDot, type Tone } from "#components/ui/status";
import type { Attempt } from "#lib/webhooks/delivery";

/** Every try, the newest first and open: what was sent, and what came back. */
export function Tries({ tries }: { tries: readonly Attempt[] }) {
  const t = useTranslations("developers.delivery");
  return (
    <Card title={t("triesTitle")} flush>
      {tries.length === 0 && <p className="px-4 pb-4 text-muted">{t("waiting")}</p>}
      <ol className="border-t border-separator">
        {tries.map((attempt, index) => (
          <li key={attempt.number} className="border-b border-separator last:border-b-0">
            <details open={index === 0} className="group">
              <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-default/40 -outline-offset-2 [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  aria-hidden
                  className="size-3.5 shrink-0 text-muted group-open:rotate-90"
                />
                <Headline of={attempt} />
                <span className="ms-auto text-xs text-muted">
                  <Moment at={attempt.startedAt} />
                </span>
              </summary>
              <Exchange of={attempt} />
            </details>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Headline({ of: attempt }: { of: Attempt }) {
  const t = useTranslations("developers.delivery");
  const { number, status, error, durationMs } = attempt;
  const words =
    status !== null ? t("answered", { status: String(status) }) : (error ?? t("pending"));
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="font-medium">{t("try", { number })}</span>
      <StatusDot tone={toneOf(attempt)} />
      <span className="min-w-0 break-words">{words}</span>
      {durationMs !== null && (
        <span className="text-xs text-muted tabular-nums">{t("took", { ms: durationMs })}</span>
      )}
    </span>
  );
}

function toneOf({ status, durationMs }: Attempt): Tone {
  if (durationMs === null) return "waiting";
  return status !== null && status >= 200 && status < 300 ? "good" : "bad";
}

function Exchange({ of: attempt }: { of: Attempt }) {
  const t = useTranslations("developers.delivery");
  const { number, url, requestHeaders, responseHeaders, responseBody } = attempt;
  const named = (words: string) => `${t("try", { number })}: ${words}`;
  return (
    <div className="grid grid-cols-1 gap-3 px-4 pt-1 pb-4">
      <p className="text-xs break-all text-muted">
        {t("address")} <span className="font-mono text-foreground">{url}</span>
      </p>
      <Part title={t("requestHeaders")} label={named(t("requestHeaders"))}>
        {linesOf(requestHeaders)}
      </Part>
      {responseHeaders && (
        <Part title={t("responseHeaders")} label={named(t("responseHeaders"))}>
          {linesOf(responseHeaders)}
        </Part>
      )}
      {responseBody ? (
        <Part title={t("responseBody")} label={named(t("responseBody"))}>
          {responseBody}
        </Part>
      ) : (
        responseBody === "" && <p className="text-xs text-muted">{t("emptyBody")}</p>
      )}
    </div>
  );
}

function Part({ title, label, children }: { title: string; label: string; children: string }) {
  return (
    <div className="grid grid-cols-1 gap-1">
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <CodeBlock label={label} text={children} wraps />
    </div>
  );
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
