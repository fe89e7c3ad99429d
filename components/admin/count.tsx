import { useFormatter } from "next-intl";

/** A whole number as the locale groups it; with words, those that agree with it. */
export function Count({ of, one, other }: { of: number; one?: string; other?: string }) {
  const figure = useFormatter().number(of);
  const word = of === 1 ? one : (other ?? (one && `${one}s`));
  return <span className="tabular-nums">{word ? `${figure} ${word}` : figure}</span>;
}
