import Link from "next/link";
import { useFormatter } from "next-intl";

export type Share = {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly href: string;
};

/** How a whole splits, the parts side by side in length. Each opens its rows. */
export function ShareBars({ label, of }: { label: string; of: readonly Share[] }) {
  const format = useFormatter();
  const most = Math.max(1, ...of.map(({ count }) => count));
  return (
    <ul aria-label={label} className="grid gap-1">
      {of.map(({ key, name, count, href }) => (
        <li key={key}>
          <Link
            href={href}
            className="-mx-2 grid grid-cols-[6rem_minmax(0,1fr)_3rem] items-center gap-3 rounded-sm px-2 py-1.5 hover:bg-default/60"
          >
            <span className="truncate">{name}</span>
            <span aria-hidden className="h-2 overflow-hidden rounded-sm bg-default">
              <span
                className="block h-full bg-plot-1"
                style={{ width: `${(count / most) * 100}%` }}
              />
            </span>
            <span className="text-end tabular-nums">{format.number(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
