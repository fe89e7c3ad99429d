"use client";

import { useTranslations } from "next-intl";
import { createContext, type RefObject, useContext, useRef } from "react";
import { ConfirmChange } from "#components/changes/confirm-change";

const Words = createContext<RefObject<HTMLTextAreaElement | null>>({ current: null });
const mostLetters = 500;

/**
 * What someone wants to say as they leave. It stays in the page until it is sent with the decision,
 * and is never part of an address. The field keeps it, not React: what is typed before the page's
 * script has run is there too.
 */
export function LeavingWords({ children }: { children: React.ReactNode }) {
  const t = useTranslations("changes.cancel");
  const words = useRef<HTMLTextAreaElement>(null);
  return (
    <Words value={words}>
      <label className="grid gap-1">
        <span className="font-medium">{t("comment")}</span>
        <textarea
          ref={words}
          rows={3}
          maxLength={mostLetters}
          className="rounded-lg border border-field-border bg-field px-3 py-2 text-base outline-none focus-visible:outline-2 focus-visible:outline-focus sm:text-sm"
        />
        <span className="text-xs text-muted">{t("commentHelp")}</span>
      </label>
      {children}
    </Words>
  );
}

type Props = Omit<React.ComponentProps<typeof ConfirmChange>, "isDangerous" | "more">;

/** Ends the plan, with the words that were typed. */
export function ConfirmLeaving(props: Props) {
  const words = useContext(Words);
  const said = () => {
    const comment = words.current?.value.trim();
    return comment ? { comment } : {};
  };
  return <ConfirmChange {...props} more={said} isDangerous />;
}
