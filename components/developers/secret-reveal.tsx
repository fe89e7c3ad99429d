"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CodeBlock } from "#components/developers/code-block";
import { Button } from "#components/ui/button";
import { LinkButton } from "#components/ui/link-button";

/** What each says; an endpoint's secret signs, a key's opens. */
const words = {
  made: { title: "madeTitle", once: "once", label: "label" },
  rotated: { title: "rotatedTitle", once: "once", label: "label" },
  keyMade: { title: "keyMadeTitle", once: "keyOnce", label: "keyLabel" },
  keyRotated: { title: "keyRotatedTitle", once: "keyOnce", label: "keyLabel" },
} as const;

type Props = {
  kind: keyof typeof words;
  secret: string;
  /** Where to go on, or what to do, once it is stored. */
  next: string | (() => void);
  /** What to do with it. */
  children?: React.ReactNode;
};

/** A secret, the one time it can be seen. */
export function SecretReveal({ kind, secret, next, children }: Props) {
  const t = useTranslations("developers.secret");
  const heading = useRef<HTMLHeadingElement>(null);
  // It took the place of what was pressed, so whoever cannot see it must be led to it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="grid grid-cols-1 gap-3 rounded-lg border border-accent/50 bg-surface p-4">
      <h2 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        {t(words[kind].title)}
      </h2>
      <p>{t(words[kind].once)}</p>
      <CodeBlock label={t(words[kind].label)} text={secret} wraps />
      {children}
      <div>
        {typeof next === "string" ? (
          <LinkButton href={next}>{t("goOn")}</LinkButton>
        ) : (
          <Button onPress={next}>{t("goOn")}</Button>
        )}
      </div>
    </section>
  );
}
