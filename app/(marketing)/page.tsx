import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hero } from "#components/marketing/hero";
import { HowItBegins } from "#components/marketing/how-it-begins";
import { Promises } from "#components/marketing/promises";
import { Rooms } from "#components/marketing/rooms";
import { WayIn } from "#components/marketing/way-in";
import { currentPerson } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("marketing.landing");
  return { title: { absolute: `Lockstep: ${t("title")}` }, description: t("description") };
}

export default async function LandingPage() {
  const t = await getTranslations("marketing.landing");
  const isSignedIn = Boolean(await currentPerson());
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-1 gap-20 px-4 py-12 lg:px-6 lg:py-16">
      <Hero isSignedIn={isSignedIn} />
      <Promises />
      <HowItBegins />
      <Rooms />
      <section className="flex flex-col items-center gap-4 border-t border-border pt-16 text-center">
        <h2 className="text-2xl font-semibold tracking-tight">{t("end.title")}</h2>
        <p className="max-w-md text-muted">{t("end.body")}</p>
        <WayIn isSignedIn={isSignedIn} />
      </section>
    </div>
  );
}
