import Link from "next/link";
import { useTranslations } from "next-intl";
import { calledOf, type Places } from "#components/trace/places";
import { Amount } from "#components/ui/amount";
import { shorten } from "#components/ui/shorten";
import { type Card, entriesNamed } from "#lib/trace/arrange";
import { keyOf, type NodeKey, type TraceNode } from "#lib/trace/node";
import type { TraceRest } from "#lib/trace/walk";

type Props = { of: Card; start: NodeKey; places: Places };

/** One thing of a trace: what it is, its id, what it comes to, and what is written of it. */
export function NodeCard({ of: { node, entries, rest }, start, places }: Props) {
  const t = useTranslations("trace");
  const page = places.page(node);
  const isStart = [node, ...entries].some((one) => keyOf(one) === keyOf(start));
  return (
    <div
      className={`flex h-full flex-col gap-px overflow-hidden rounded-md border bg-surface px-2 py-1.5 text-xs ${isStart ? "border-accent" : "border-border"}`}
    >
      <span className="flex justify-between gap-1 text-2xs leading-6 text-muted">
        <span className="truncate">{t(`kinds.${node.kind}`)}</span>
        {page && (
          <Link
            href={page}
            aria-label={`${t("open")} ${calledOf(node)}`}
            className="block min-w-6 rounded-xs text-end text-link hover:underline"
          >
            {t("open")}
          </Link>
        )}
      </span>
      <NodeLink node={node} places={places} isStart={isStart} />
      <Figures node={node} />
      {entries.slice(0, entriesNamed).map((entry) => (
        <Link
          key={keyOf(entry)}
          href={places.page(entry) ?? places.trace(entry)}
          title={entry.name ?? entry.id}
          className="block shrink-0 truncate rounded-xs text-2xs leading-6 text-link hover:underline"
        >
          {entry.id} {entry.state}
        </Link>
      ))}
      {entries.length > entriesNamed && (
        <span className="text-2xs leading-6 text-muted">
          {t("entries", { count: entries.length - entriesNamed })}
        </span>
      )}
      {rest.map((one) => (
        <Rest key={`${one.name} ${one.why}`} of={one} />
      ))}
    </div>
  );
}

type LinkProps = { node: TraceNode; places: Places; isStart: boolean };

function NodeLink({ node, places, isStart }: LinkProps) {
  const called = calledOf(node);
  return (
    <Link
      href={places.trace(node)}
      title={called}
      {...(isStart && { "aria-current": "true" as const })}
      className="block shrink-0 truncate rounded-xs font-mono leading-6 text-link hover:underline"
    >
      {shorten(called)}
    </Link>
  );
}

/** What it comes to, how it stands, and what one should know. */
function Figures({ node: { kind, amount, quantity, counted, state, note } }: { node: TraceNode }) {
  const t = useTranslations("trace");
  const word = kind === "entry" ? null : state?.replaceAll("_", " ");
  return (
    <>
      <span className="truncate">
        {amount && <Amount of={amount} />}
        {amount && word && " "}
        {word && <span className="text-muted">{word}</span>}
        {!amount && quantity && t("units", { quantity })}
      </span>
      {note ? (
        <span className="truncate text-2xs text-muted" title={t(`notes.${note}`)}>
          {t(`notes.${note}`)}
        </span>
      ) : (
        counted &&
        quantity && (
          <span
            className="truncate text-2xs text-muted"
            title={t("lineUnits", { quantity, counted })}
          >
            {t("lineUnits", { quantity, counted })}
          </span>
        )
      )}
    </>
  );
}

function Rest({ of: { name, why, count, isLeast } }: { of: TraceRest }) {
  const t = useTranslations("trace");
  const said = { count, isLeast: isLeast ? "yes" : "no", what: t(`rests.${name}`) };
  return (
    <span className="truncate text-2xs leading-4 text-muted" title={t(why, said)}>
      {t(why, said)}
    </span>
  );
}
