"use client";

import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Label } from "@heroui/react/label";
import { TextArea } from "@heroui/react/textarea";
import { TextField } from "@heroui/react/textfield";

type Props = {
  label: string;
  help: string;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
};

/** Room for several addresses, pasted or typed. */
export function AddressesField({ label, help, value, fault, onChange }: Props) {
  return (
    <TextField
      fullWidth
      autoFocus
      name="emails"
      isRequired
      validationBehavior="aria"
      isInvalid={fault !== undefined}
      value={value}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <TextArea rows={3} spellCheck={false} autoComplete="off" className="w-full resize-y" />
      <Description>{help}</Description>
      <FieldError>{fault}</FieldError>
    </TextField>
  );
}
