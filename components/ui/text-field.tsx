"use client";

import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";

import { Label } from "@heroui/react/label";
import { TextField as HeroTextField } from "@heroui/react/textfield";
import { Input } from "#components/ui/input";

export type FieldProps = {
  /** The name in what is sent, and the one an error from the server names. */
  name: string;
  label: string;
  description?: React.ReactNode;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
};

type Props = FieldProps & {
  type?: "text" | "email" | "url" | "search";
  defaultValue?: string;
  /** Given where somebody else holds what is typed. */
  value?: string;
  placeholder?: string;
  autoComplete?: string;
  isReadOnly?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  onChange?: (value: string) => void;
};

/** A line of text with its label, its explanation and what is wrong with it. */
export function TextField({ label, description, placeholder, ...field }: Props) {
  return (
    <HeroTextField fullWidth {...field}>
      <Label>{label}</Label>
      <Input {...(placeholder ? { placeholder } : {})} />
      {description && <Description>{description}</Description>}
      <FieldError />
    </HeroTextField>
  );
}
