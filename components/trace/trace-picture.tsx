import { useTranslations } from "next-intl";
import { NodeCard } from "#components/trace/node-card";
import type { Places } from "#components/trace/places";
import { arrange, cardWidth, type Picture } from "#lib/trace/arrange";
import { keyOf } from "#lib/trace/node";
import type { Trace } from "#lib/trace/walk";

/** A trace as columns from left to right, with a line for each way from one thing to another. */
export function TracePicture({ trace, places }: { trace: Trace; places: Places }) {
  const t = useTranslations("trace");
  const picture = arrange(trace);
  return (
    <section
      // What is wider than the page is scrolled by keys too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
      tabIndex={0}
      aria-label={t("picture")}
      className="overflow-x-auto p-4 max-md:hidden"
    >
      <div className="relative" style={{ width: picture.width, height: picture.height }}>
        <Lines of={picture} />
        {picture.columns.map(({ column, cards }) => (
          <div key={column}>
            <h3
              className="absolute top-0 text-2xs font-medium text-muted"
              style={{ left: cards[0]!.x, width: cardWidth }}
            >
              {t(`columns.${column}`)}
            </h3>
            <ul>
              {cards.map(({ x, y, height, ...card }) => (
                <li
                  key={keyOf(card.node)}
                  className="absolute"
                  style={{ left: x, top: y, width: cardWidth, height }}
                >
                  <NodeCard of={card} start={trace.start} places={places} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Lines({ of: { width, height, lines } }: { of: Picture }) {
  return (
    <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
      {lines.map(({ key, from, to }) => {
        const bend = Math.max(14, Math.abs(to.x - from.x) / 2);
        const towards = from.x === to.x || to.x < from.x ? 1 : -1;
        const leaves = to.x < from.x ? -1 : 1;
        const handles = [
          [from.x + leaves * bend, from.y],
          [to.x + towards * bend, to.y],
          [to.x, to.y],
        ];
        const curve = `M${from.x} ${from.y} C${handles.map((at) => at.join(" ")).join(" ")}`;
        return <path key={key} d={curve} fill="none" className="stroke-border" strokeWidth={1.5} />;
      })}
    </svg>
  );
}
