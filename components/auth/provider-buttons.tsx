"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { postProvider } from "#lib/web/auth-client";

type Props = {
  providers: readonly { readonly id: string; readonly name: string }[];
  next?: string | undefined;
};

/** The other accounts one can sign in with, where this installation is set up for any. */
export function ProviderButtons({ providers, next }: Props) {
  const t = useTranslations("auth.signIn");
  const [leaving, setLeaving] = useState<string>();
  if (providers.length === 0) return null;

  const leaveFor = async (id: string) => {
    setLeaving(id);
    const url = await postProvider(id, next ?? "/api/v1/session/home");
    window.location.assign(url ?? "/sign-in?error=elsewhere");
  };
  return (
    <>
      <div className="grid gap-2">
        {providers.map(({ id, name }) => (
          <Button
            key={id}
            variant="outline"
            fullWidth
            isPending={leaving === id}
            onPress={() => void leaveFor(id)}
          >
            {t("with", { provider: name })}
          </Button>
        ))}
      </div>
      <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-separator after:h-px after:flex-1 after:bg-separator">
        {t("or")}
      </p>
    </>
  );
}
