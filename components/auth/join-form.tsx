"use client";

import { useTranslations } from "next-intl";
import { enter, goOn } from "#components/auth/enter";
import { signOutHere } from "#components/shell/sign-out";
import { Button } from "#components/ui/button";
import { Form, ProblemAlert, SubmitButton } from "#components/ui/form";
import { PasswordField } from "#components/ui/password-field";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";

type Joined = { readonly slug: string; readonly email: string };

/** Somebody invited who is new here: a name, a password, and in. */
export function JoinForm(props: { token: string; email: string; tenant: string }) {
  const { token, email, tenant } = props;
  const t = useTranslations("auth");
  const onDone = async (joined: Joined, { password = "" }: Record<string, string>) => {
    const refusal = await enter(joined.email, password);
    goOn(refusal ? `/sign-in?next=/${joined.slug}` : `/${joined.slug}`);
  };
  return (
    <Form<Joined>
      path="/api/v1/invitations/join"
      values={{ token }}
      toBody={({ name, password }) => ({ name, password })}
      onDone={onDone}
    >
      <TextField
        name="email"
        type="email"
        label={t("fields.email")}
        defaultValue={email}
        autoComplete="username"
        isReadOnly
      />
      <TextField name="name" label={t("fields.name")} autoComplete="name" isRequired />
      <PasswordField
        name="password"
        label={t("fields.password")}
        description={t("fields.passwordHelp")}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <SubmitButton fullWidth>{t("invitation.join", { tenant })}</SubmitButton>
    </Form>
  );
}

/** Somebody invited who is signed in already: one press. */
export function AcceptInvitation({ token, tenant }: { token: string; tenant: string }) {
  const t = useTranslations("auth.invitation");
  const { submit, isPending, problem } = useSubmit<{ slug: string }>({
    path: "/api/v1/invitations/accept",
    onDone: ({ slug }) => goOn(`/${slug}`),
  });
  return (
    <>
      <ProblemAlert problem={problem} />
      <Button fullWidth isPending={isPending} onPress={() => void submit({ token })}>
        {t("accept", { tenant })}
      </Button>
    </>
  );
}

/** Signs out and comes back to the invitation as nobody yet. */
export function ReturnAsOther({ path }: { path: string }) {
  const t = useTranslations("auth.invitation");
  return (
    <Button variant="secondary" fullWidth onPress={() => void signOutHere(path)}>
      {t("signOut")}
    </Button>
  );
}
