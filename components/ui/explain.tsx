"use client";

import { CircleHelp } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";

const load = () => import("#components/ui/explanation").then((part) => part.Explanation);
const Explanation = dynamic(load);

export type ExplainProps = {
  /** What is explained, for those who hear the button: "Why is this past due?" */
  label?: string;
  title: string;
  children: React.ReactNode;
};

/** Why something is as it is, one press away. */
export function Explain(props: ExplainProps) {
  const t = useTranslations("common");
  const [isWanted, setWanted] = useState(false);
  const label = props.label ?? t("explain");
  if (isWanted) return <Explanation {...props} label={label} />;
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="dialog"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => void load().then(() => setWanted(true))}
      className="relative z-1 inline-grid size-6 cursor-pointer place-items-center rounded-sm align-middle text-muted hover:text-foreground"
    >
      <CircleHelp aria-hidden className="size-3.5" />
    </button>
  );
}
