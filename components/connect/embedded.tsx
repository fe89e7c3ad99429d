"use client";

import type { ConnectElementTagName } from "@stripe/connect-js";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useConnect } from "#components/connect/connect-provider";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { Skeleton } from "#components/ui/skeleton";

type Props = {
  tag: ConnectElementTagName;
  /** What it shows, for whoever cannot see it and for the words around it. */
  label: string;
  /** What the component is told: `{ payment: "py_1" }` becomes `setPayment("py_1")`. */
  settings?: Readonly<Record<string, unknown>>;
  /** How high the place is while nothing is in it; 0 for what may stay empty. */
  minHeight?: number;
  /** What else can be done where it does not load. */
  otherWay?: React.ReactNode;
};
/** What may have nothing to show takes up no room; so long we wait to see. */
const patienceMs = 4_000;
type State = "loading" | "ready" | "failed";
type Settable = HTMLElement & Record<string, (value: unknown) => void>;

/** One of Stripe's embedded components in a place of ours, with what is seen until it is there. */
export function Embedded({ tag, label, settings, minHeight = 160, otherWay }: Props) {
  const t = useTranslations("connect.embedded");
  const { isFailed, retry } = useConnect();
  const { place, state, again } = useComponent(tag, settings);
  const failed = isFailed || state === "failed";
  return (
    <section aria-label={label} aria-busy={state === "loading" && !failed && minHeight > 0}>
      {failed && (
        <ErrorState
          title={t("failedTitle", { label })}
          action={
            <>
              <Button size="sm" variant="secondary" onPress={isFailed ? retry : again}>
                {t("retry")}
              </Button>
              {otherWay}
            </>
          }
        >
          {t("failedBody")}
        </ErrorState>
      )}
      {!failed && state === "loading" && minHeight > 0 && (
        <div className="grid gap-2" style={{ minHeight }}>
          <span className="sr-only">{t("loading", { label })}</span>
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      )}
      <div ref={place} hidden={failed} style={{ minHeight: state === "ready" ? minHeight : 0 }} />
    </section>
  );
}

function useComponent(tag: ConnectElementTagName, settings: Props["settings"]) {
  const { connect } = useConnect();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>("loading");
  const [round, setRound] = useState(0);
  const told = JSON.stringify(Object.keys(settings ?? {}));
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for another round
  useEffect(() => {
    if (!connect || !place.current) return;
    const element = connect.create(tag);
    // Only a block has a size that can be watched.
    element.style.display = "block";
    let patience: number | undefined;
    const isThere = () => setState((now) => (now === "loading" ? "ready" : now));
    // Stripe says that it begins some moments before anything of it can be seen.
    const watch = new ResizeObserver(() => {
      if (element.offsetHeight > 0) isThere();
    });
    watch.observe(element);
    element.setOnLoaderStart(() => {
      patience = window.setTimeout(isThere, patienceMs);
    });
    element.setOnLoadError(() => setState("failed"));
    for (const [name, value] of Object.entries(settings ?? {})) tell(element, name, value);
    place.current.replaceChildren(element);
    return () => {
      watch.disconnect();
      window.clearTimeout(patience);
      element.remove();
      setState("loading");
    };
  }, [connect, tag, round, told]);
  return { place, state, again: () => setRound((rounds) => rounds + 1) };
}

function tell(element: HTMLElement, name: string, value: unknown): void {
  const setter = `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  (element as Settable)[setter]?.(value);
}
