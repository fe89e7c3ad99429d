"use client";

import { useTranslations } from "next-intl";
import { enter, goOn } from "#components/auth/enter";
import { Form, SubmitButton } from "#components/ui/form";
import { PasswordField } from "#components/ui/password-field";
import { type Option, Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";

type Props = {
  countries: readonly Option[];
  country?: string | undefined;
  /** What follows the workspace's address: the choice of a plan to pay, or nothing. */
  after: string;
};

/** A new person and their company. Ends signed in, where the chosen plan is paid. */
export function SignUpForm({ after, ...rest }: Props) {
  const t = useTranslations("auth");
  const onDone = async ({ slug }: { slug: string }, fields: Record<string, string>) => {
    const goal = `/${slug}${after}`;
    const refusal = await enter(fields.email ?? "", fields.password ?? "");
    goOn(refusal ? `/sign-in?next=${encodeURIComponent(goal)}` : goal);
    await forever();
  };
  return (
    <Form<{ slug: string }> path="/api/v1/sign-up" onDone={onDone}>
      <TextField name="name" label={t("fields.name")} autoComplete="name" isRequired />
      <TextField
        name="email"
        type="email"
        label={t("fields.email")}
        autoComplete="username"
        isRequired
      />
      <PasswordField
        name="password"
        label={t("fields.password")}
        description={t("fields.passwordHelp")}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <CompanyFields {...rest} />
      <SubmitButton fullWidth>{t("signUp.submit")}</SubmitButton>
    </Form>
  );
}

/** A further company of somebody who is signed in. */
export function CompanyForm({ after, ...rest }: Props) {
  const t = useTranslations("auth");
  const onDone = async ({ slug }: { slug: string }) => {
    goOn(`/${slug}${after}`);
    await forever();
  };
  return (
    <Form<{ slug: string }> path="/api/v1/tenants" onDone={onDone}>
      <CompanyFields {...rest} />
      <SubmitButton fullWidth>{t("signUp.submit")}</SubmitButton>
    </Form>
  );
}

function CompanyFields({ countries, country }: Omit<Props, "after">) {
  const t = useTranslations("auth.fields");
  return (
    <>
      <TextField name="company" label={t("company")} autoComplete="organization" isRequired />
      <Select
        name="country"
        label={t("country")}
        description={t("countryHelp")}
        options={countries}
        isRequired
        {...(country ? { defaultValue: country } : {})}
      />
    </>
  );
}

/** The page is leaving: the button stays busy until it is gone. */
function forever(): Promise<never> {
  return new Promise(() => {});
}
