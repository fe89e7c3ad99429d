"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { ThemeProvider } from "next-themes";
import { I18nProvider, RouterProvider } from "react-aria-components";

/** What every page's controls need: the theme, the locale the server spoke, and our router. */
export function Providers({ nonce, children }: { nonce?: string; children: React.ReactNode }) {
  const router = useRouter();
  return (
    <ThemeProvider
      attribute={["class", "data-theme"]}
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <I18nProvider locale={useLocale()}>
        <RouterProvider navigate={router.push}>{children}</RouterProvider>
      </I18nProvider>
    </ThemeProvider>
  );
}
