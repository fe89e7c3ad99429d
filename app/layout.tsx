import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { Messages } from "#components/messages";
import { Providers } from "#components/providers";
import { StyleNonce } from "#components/style-nonce";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Lockstep", template: "%s · Lockstep" },
  description: "The billing back office of a multi-tenant platform on Stripe Connect.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8fbfa" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0f0f" },
  ],
};

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const t = await getTranslations("common");
  return (
    <html
      lang={await getLocale()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      // The theme's class is set before React starts.
      suppressHydrationWarning
    >
      <head>{nonce && <StyleNonce value={nonce} />}</head>
      <body className="min-h-dvh bg-background text-foreground">
        <a
          href="#main"
          className="sr-only rounded-lg bg-overlay px-3 py-2 font-medium focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
        >
          {t("skip")}
        </a>
        <Messages areas={["common"]}>
          <Providers {...(nonce ? { nonce } : {})}>{children}</Providers>
        </Messages>
      </body>
    </html>
  );
}
