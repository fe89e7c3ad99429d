import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import auth from "./messages/en/auth.json";
import books from "./messages/en/books.json";
import changes from "./messages/en/changes.json";
import common from "./messages/en/common.json";
import connect from "./messages/en/connect.json";
import developers from "./messages/en/developers.json";
import disputes from "./messages/en/disputes.json";
import holds from "./messages/en/holds.json";
import marketing from "./messages/en/marketing.json";
import payments from "./messages/en/payments.json";
import payouts from "./messages/en/payouts.json";
import reference from "./messages/en/reference.json";
import seats from "./messages/en/seats.json";
import selling from "./messages/en/selling.json";
import tenant from "./messages/en/tenant.json";
import trace from "./messages/en/trace.json";
import usage from "./messages/en/usage.json";

/** Every text of tenant and public pages, by area. Another language is another set of these. */
const catalogues = {
  en: {
    common,
    marketing,
    auth,
    books,
    tenant,
    seats,
    connect,
    holds,
    developers,
    disputes,
    payments,
    payouts,
    changes,
    reference,
    selling,
    trace,
    usage,
  },
} as const;

export type Locale = keyof typeof catalogues;
export type Messages = (typeof catalogues)["en"];

/** The best language we have for what the browser asks, without a cookie. */
export function chooseLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => part.trim().split(/[-;]/, 1)[0]?.toLowerCase() ?? "");
  return wanted.find((language): language is Locale => language in catalogues) ?? "en";
}

export default getRequestConfig(async () => {
  const locale = chooseLocale((await headers()).get("accept-language"));
  // The server cannot know a person's zone without a cookie, so exact instants are said in UTC.
  return { locale, messages: catalogues[locale], timeZone: "UTC", now: new Date() };
});

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
