import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { Messages as Catalogue } from "#lib/web/i18n";

/** Hands the browser the texts of these areas only; the rest is already words in the page. */
export async function Messages(props: {
  areas: readonly (keyof Catalogue)[];
  children: React.ReactNode;
}) {
  const all = await getMessages();
  const wanted = props.areas.map((area) => [area, all[area]]);
  return (
    <NextIntlClientProvider messages={Object.fromEntries(wanted)}>
      {props.children}
    </NextIntlClientProvider>
  );
}
