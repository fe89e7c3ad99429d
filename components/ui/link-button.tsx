import Link from "next/link";

type Variant =
  | "primary"
  | "secondary"
  | "tertiary"
  | "ghost"
  | "outline"
  | "danger"
  | "danger-soft";
type Size = "sm" | "md" | "lg";

type Props = {
  href: string;
  variant?: Variant;
  size?: Size;
  fullWidth?: boolean;
  className?: string;
  "aria-label"?: string;
  children: React.ReactNode;
};

/** A link that looks like a button, because it goes somewhere that matters. Costs no script. */
export function LinkButton({ variant, size, fullWidth, className = "", children, ...rest }: Props) {
  const width = fullWidth ? "button--full-width" : "";
  return (
    <Link className={`${buttonStyle(variant, size)} ${width} ${className}`} {...rest}>
      {children}
    </Link>
  );
}

/** The class names HeroUI gives a button, without the script that puts them together. */
export function buttonStyle(variant: Variant = "primary", size: Size = "md"): string {
  return `button button--${size} button--${variant}`;
}

/** A link within text or at a card's head. */
export function TextLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      className="rounded-xs font-medium text-link underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
