import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { AuthPanel } from "#components/auth/auth-panel";
import { ChosenPlan } from "#components/auth/chosen-plan";
import { billingPath, planOf, planSearch } from "#components/auth/plan-search";
import { ProviderButtons } from "#components/auth/provider-buttons";
import { CompanyForm, SignUpForm } from "#components/auth/sign-up-form";
import { TextLink } from "#components/ui/link-button";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import { countries } from "#lib/tenancy/countries";
import { offeredProviders } from "#lib/web/identity-providers";
import { currentPerson, publicContext, requirePerson } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signUp"))("title") };
}

export default async function SignUpPage(props: PageProps<"/sign-up">) {
  const t = await getTranslations("auth.signUp");
  const sent = await props.searchParams;
  // Somebody signed in needs a company only, asked for or not.
  const person = "company" in sent ? await requirePerson() : await currentPerson();
  const search = planSearch.parse(sent);
  const plan = planOf(await listPublicPlans(await publicContext()), search);
  const form = {
    after: billingPath(plan, search),
    countries: await countryOptions(),
    country: await likelyCountry(),
  };
  if (person) {
    return (
      <AuthPanel title={t("companyTitle")} lead={t("companyLead", { email: person.person.email })}>
        {plan && <ChosenPlan plan={plan} search={search} />}
        <CompanyForm {...form} />
      </AuthPanel>
    );
  }
  const returning = new URLSearchParams({ company: "1" });
  if (plan) for (const [key, value] of Object.entries(search)) returning.set(key, String(value));
  return (
    <AuthPanel
      title={t("title")}
      footer={
        <>
          {t("haveAccount")} <TextLink href="/sign-in">{t("signIn")}</TextLink>
        </>
      }
    >
      {plan && <ChosenPlan plan={plan} search={search} />}
      <ProviderButtons providers={offeredProviders()} next={`/sign-up?${returning}`} />
      <SignUpForm {...form} />
    </AuthPanel>
  );
}

/** Every country by its name in the reader's language, in that language's order. */
async function countryOptions() {
  const locale = await getLocale();
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return countries
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((left, right) => left.label.localeCompare(right.label, locale));
}

/** The region of the browser's first language, as a start. */
async function likelyCountry(): Promise<string | undefined> {
  const first = (await headers()).get("accept-language")?.split(",")[0] ?? "";
  const region = /-([A-Z]{2})\b/.exec(first)?.[1];
  return countries.find((code) => code === region);
}
