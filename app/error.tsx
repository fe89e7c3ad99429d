"use client";

import { PageError } from "#components/page-error";

export default function ErrorPage(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <PageError {...props} />
    </main>
  );
}
