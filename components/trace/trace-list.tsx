import Link from "next/link";
import { useTranslations } from "next-intl";
import { calledOf, type Places } from "#components/trace/places";
import { Amount } from "#components/ui/amount";
import { shorten } from "#components/ui/shorten";
import { type Branch, treeOf } from "#lib/trace/arrange";
import { keyOf } from "#lib/trace/node";
import type { Trace } from "#lib/trace/walk";

/** The same where there is no room for columns: each thing below what leads to it. */
export function TraceList({ trace, places }: { trace: Trace; places: Places }) {
  const t = useTranslations("trace");
  const tree = treeOf(trace);
  if (!tree) return null;
  return (
    <section aria-label={t("list")} className="p-4 md:hidden">
      <ul>
        <Item of={tree} places={places} depth={0} />
      </ul>
    </section>
  );
}

/** Past this, lines would have no room left. */
const deepest = 6;

function Item({ of, places, depth }: { of: Branch; places: Places; depth: number }) {
  const t = useTranslations("trace");
  const { node, by, entries, rest, children } = of;
  const page = places.page(node);
  return (
    <li className={depth > 0 && depth < deepest ? "ms-2 border-s border-border ps-2" : ""}>
      <div className="py-1.5">
        <p className="text-xs text-muted">
          {by ? t(`ways.${by.name}.${by.isForward ? "on" : "back"}`) : t("start")}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span>{t(`kinds.${node.kind}`)}</span>
          <Link
            href={places.trace(node)}
            className="font-mono text-xs leading-6 text-link hover:underline"
            title={calledOf(node)}
          >
            {shorten(calledOf(node))}
          </Link>
          {node.amount && <Amount of={node.amount} />}
          {!node.amount && node.quantity && t("units", { quantity: node.quantity })}
          {page && (
            <Link
              href={page}
              aria-label={`${t("open")} ${calledOf(node)}`}
              className="min-w-6 text-xs leading-6 text-link hover:underline"
            >
              {t("open")}
            </Link>
          )}
        </p>
        {node.note && <p className="text-xs text-muted">{t(`notes.${node.note}`)}</p>}
        {entries.map((entry) => (
          <Link
            key={keyOf(entry)}
            href={places.page(entry) ?? places.trace(entry)}
            className="block truncate text-xs leading-6 text-link hover:underline"
          >
            {t("kinds.entry")} {entry.id} {entry.state}
          </Link>
        ))}
        {rest.map(({ name, why, count, isLeast }) => (
          <p key={`${name} ${why}`} className="text-xs text-muted">
            {t(why, { count, isLeast: isLeast ? "yes" : "no", what: t(`rests.${name}`) })}
          </p>
        ))}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Item key={keyOf(child.node)} of={child} places={places} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}
