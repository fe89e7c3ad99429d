"use client";

import { Input as AriaInput } from "react-aria-components/Input";

/**
 * HeroUI's input by its class names. Its own component draws in the combo box, and with it lists
 * and overlays that no plain field needs.
 */
export function Input({
  className = "",
  placeholder,
}: {
  className?: string;
  placeholder?: string;
}) {
  return (
    <AriaInput
      data-slot="input"
      className={`input input--primary ${className}`}
      {...(placeholder ? { placeholder } : {})}
    />
  );
}
