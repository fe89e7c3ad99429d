"use client";

import "./globals.css";

/** The last resort: the frame itself failed, so it stands on nothing but HTML. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center bg-background text-foreground">
        <main className="p-6 text-center">
          <h1 className="text-base font-semibold">Lockstep could not be shown</h1>
          <p className="mt-1 text-muted">Nothing you did was lost or done twice.</p>
          <button type="button" onClick={reset} className="mt-4 font-medium text-link underline">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
