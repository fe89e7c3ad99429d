"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

type Props = {
  href: string;
  /** The root of its area: only itself is current, not the pages below it. */
  isRoot?: boolean;
  /** Pages below this one that have lines of their own. */
  except?: readonly string[];
  children: React.ReactNode;
};

/** A line of the sidebar that knows where one is. */
export function NavLink({ href, isRoot = false, except = [], children }: Props) {
  const path = usePathname();
  const isBelow = !isRoot && path.startsWith(`${href}/`) && !except.includes(path);
  const isCurrent = path === href || isBelow;
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="flex h-8 items-center gap-2.5 rounded-sm px-2 text-muted hover:bg-default/60 hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-10"
    >
      {children}
    </Link>
  );
}
