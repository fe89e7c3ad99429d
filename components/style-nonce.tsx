"use client";

import { useState } from "react";

/**
 * React Aria injects a style sheet and reads its nonce here. Each refresh of the data brings a
 * nonce of its own, but the page's policy knows only the first, so the first is kept.
 */
export function StyleNonce({ value }: { value: string }) {
  const [own] = useState(value);
  return <meta property="csp-nonce" nonce={own} />;
}
