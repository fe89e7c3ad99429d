"use client";

import { Button as HeroButton } from "@heroui/react/button";
import { Spinner } from "@heroui/react/spinner";

type Props = {
  variant?: "primary" | "secondary" | "tertiary" | "ghost" | "outline" | "danger" | "danger-soft";
  size?: "sm" | "md" | "lg";
  /** Work is under way: shown, announced, and a second press does nothing. */
  isPending?: boolean;
  isDisabled?: boolean;
  isIconOnly?: boolean;
  fullWidth?: boolean;
  type?: "button" | "submit";
  name?: string;
  value?: string;
  className?: string;
  "aria-label"?: string;
  "aria-expanded"?: boolean;
  onPress?: () => void;
  children: React.ReactNode;
};

export function Button({ isPending = false, children, ...rest }: Props) {
  return (
    <HeroButton isPending={isPending} {...rest}>
      {isPending && <Spinner size="sm" color="current" />}
      {children}
    </HeroButton>
  );
}
