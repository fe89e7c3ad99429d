"use client";

import type { StripeConnectInstance } from "@stripe/connect-js";
import { useLocale } from "next-intl";
import { useTheme } from "next-themes";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { connectAppearance, type Ground } from "#components/connect/appearance";
import { connectOf } from "#components/connect/load-connect";
import { signedOut } from "#components/shell/sign-out";
import type { ConnectKeys } from "#lib/connect/browser-keys";

type Loaded = {
  /** Stripe's components for this account; nothing while the script loads. */
  connect: StripeConnectInstance | undefined;
  isFailed: boolean;
  retry(): void;
};

const ConnectContext = createContext<Loaded | undefined>(undefined);

type Props = { slug: string; keys: ConnectKeys; ground: Ground; children: React.ReactNode };

/** Loads Stripe's components once for all that are on a page, and keeps them in our theme. */
export function ConnectProvider({ slug, keys, ground, children }: Props) {
  const locale = useLocale();
  const { resolvedTheme } = useTheme();
  const [connect, setConnect] = useState<StripeConnectInstance>();
  const [isFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const { publishableKey, scriptUrl } = keys;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round tries once more
  useEffect(() => {
    let isLeft = false;
    setFailed(false);
    connectOf({ publishableKey, scriptUrl }, `/api/v1/tenants/${slug}`, { locale, ground }).then(
      (loaded) => isLeft || setConnect(loaded),
      () => isLeft || setFailed(true),
    );
    return () => {
      isLeft = true;
    };
  }, [publishableKey, scriptUrl, slug, locale, ground, round]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read off the page
  useEffect(() => {
    connect?.update({ appearance: connectAppearance(ground) });
  }, [connect, ground, resolvedTheme]);
  useEffect(() => {
    const leave = () => void connect?.logout();
    window.addEventListener(signedOut, leave);
    return () => window.removeEventListener(signedOut, leave);
  }, [connect]);
  const retry = useCallback(() => setRound((rounds) => rounds + 1), []);
  const loaded = useMemo(() => ({ connect, isFailed, retry }), [connect, isFailed, retry]);
  return <ConnectContext value={loaded}>{children}</ConnectContext>;
}

/** Stripe's components, inside a `ConnectProvider`. */
export function useConnect(): Loaded {
  const loaded = useContext(ConnectContext);
  if (!loaded) throw new Error("An embedded component stands inside a ConnectProvider.");
  return loaded;
}
