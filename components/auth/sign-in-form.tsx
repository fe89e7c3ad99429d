"use client";

import { Form as HeroForm } from "@heroui/react/form";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type EntryRefusal, enter, goOn } from "#components/auth/enter";
import { Button } from "#components/ui/button";
import { Settling } from "#components/ui/form";
import { TextLink } from "#components/ui/link-button";
import { PasswordField } from "#components/ui/password-field";
import { TextField } from "#components/ui/text-field";

type Props = {
  /** Where to go on to; already known to be a path of ours. */
  next?: string | undefined;
  email?: string | undefined;
};

export function SignInForm({ next, email }: Props) {
  const t = useTranslations("auth");
  const [refusal, setRefusal] = useState<EntryRefusal>();
  const [isPending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
  }, [refusal]);

  const onSubmit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const fields = new FormData(event.currentTarget);
    setPending(true);
    setRefusal(undefined);
    const no = await enter(String(fields.get("email")), String(fields.get("password")));
    if (!no) return goOn(next);
    setRefusal(no);
    setPending(false);
  };
  return (
    <HeroForm ref={form} method="post" onSubmit={onSubmit} className="grid gap-4">
      <Settling>
        {refusal && <RefusalAlert refusal={refusal} />}
        <TextField
          name="email"
          type="email"
          label={t("fields.email")}
          autoComplete="username"
          isRequired
          {...(email ? { defaultValue: email } : {})}
        />
        <div>
          <PasswordField
            name="password"
            label={t("fields.password")}
            autoComplete="current-password"
            isRequired
          />
          <p className="mt-1.5 text-end text-xs">
            <TextLink href="/forgot-password">{t("signIn.forgot")}</TextLink>
          </p>
        </div>
        <Button type="submit" fullWidth isPending={isPending}>
          {t("signIn.submit")}
        </Button>
      </Settling>
    </HeroForm>
  );
}

function RefusalAlert({ refusal }: { refusal: EntryRefusal }) {
  const t = useTranslations("auth.signIn");
  const seconds = refusal.startsWith("too_many:") ? Number(refusal.split(":")[1]) || 60 : 0;
  const text =
    seconds > 0
      ? t("tooMany", { minutes: Math.ceil(seconds / 60) })
      : t(refusal === "invalid" ? "invalid" : "unavailable");
  return (
    <div role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
      {text}
    </div>
  );
}
