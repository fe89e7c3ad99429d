import { Card } from "#components/ui/card";

type Props = {
  label: string;
  value: React.ReactNode;
  /** What the figure means or by when: "pays out 24 Nov". */
  note?: React.ReactNode;
  /** A small picture at the top right, such as a sparkline. */
  aside?: React.ReactNode;
};

/** One figure that matters. */
export function Stat({ label, value, note, aside }: Props) {
  return (
    <Card>
      <div className="flex items-start justify-between gap-3">
        <p className="text-muted">{label}</p>
        {aside}
      </div>
      <p className="mt-1.5 text-xl leading-7 font-semibold tracking-tight tabular-nums">{value}</p>
      {note && <p className="text-xs text-muted">{note}</p>}
    </Card>
  );
}

/** Figures side by side: one column on a phone, as many as there are on a desk. */
export function Stats({ children }: { children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-3">
      {children}
    </div>
  );
}
