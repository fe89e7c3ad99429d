"use client";

import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";

import { Label } from "@heroui/react/label";
import { TextField as HeroTextField } from "@heroui/react/textfield";
import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "#components/ui/input";
import type { FieldProps } from "#components/ui/text-field";

type Props = FieldProps & {
  autoComplete: "current-password" | "new-password";
  minLength?: number;
};

/** A password that can be looked at, because typing blind is how people get it wrong. */
export function PasswordField({ label, description, ...field }: Props) {
  const t = useTranslations("common.form");
  const [isShown, setShown] = useState(false);
  return (
    <HeroTextField fullWidth type={isShown ? "text" : "password"} {...field}>
      <Label>{label}</Label>
      <div className="relative">
        <Input className="w-full pe-10" />
        <button
          type="button"
          aria-label={isShown ? t("hidePassword") : t("showPassword")}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-0 end-1 my-auto grid size-7 cursor-pointer place-items-center rounded-sm text-muted hover:text-foreground"
        >
          {isShown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      </div>
      {description && <Description>{description}</Description>}
      <FieldError />
    </HeroTextField>
  );
}
