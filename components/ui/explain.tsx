"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLoaded } from "#components/ui/use-loaded";

const load = () => import("#components/ui/explanation").then((part) => part.Explanation);

export type ExplainProps = {
  /** What is explained, for those who hear the button: "Why is this past due?" */
  label?: string;
  title: string;
  children: React.ReactNode;
};

/** Why something is as it is, one press away. */
export function Explain(props: ExplainProps) {
  const t = useTranslations("common");
  const { Part: Explanation, show } = useLoaded(load);
  const label = props.label ?? t("explain");
  if (Explanation) return <Explanation {...props} label={label} />;
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="dialog"
      onPointerEnter={load}
      onFocus={load}
      onClick={show}
      className="relative z-1 inline-grid size-6 cursor-pointer place-items-center rounded-sm align-middle text-muted hover:text-foreground"
    >
      <CircleHelp aria-hidden className="size-3.5" />
    </button>
  );
}
