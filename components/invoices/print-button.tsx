"use client";

import { Printer } from "lucide-react";
import { Button } from "#components/ui/button";

export function PrintButton({ children }: { children: React.ReactNode }) {
  return (
    <Button variant="secondary" onPress={() => window.print()}>
      <Printer aria-hidden className="size-3.5" />
      {children}
    </Button>
  );
}
