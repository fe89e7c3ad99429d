"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { ThemeProvider } from "next-themes";
import { useState } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";

/** What every page's controls need: the theme, the locale the server spoke, and our router. */
export function Providers({ nonce, children }: { nonce?: string; children: React.ReactNode }) {
  const router = useRouter();
  // Each refresh of the data brings a nonce of its own; the page's policy knows only the first.
  const [own] = useState(nonce);
  return (
    <ThemeProvider
      attribute={["class", "data-theme"]}
      disableTransitionOnChange
      {...(own ? { nonce: own } : {})}
    >
      <I18nProvider locale={useLocale()}>
        <RouterProvider navigate={router.push}>{children}</RouterProvider>
      </I18nProvider>
    </ThemeProvider>
  );
}
