import { Messages } from "#components/messages";

/** One column in the middle: what is paid, and nothing else. */
export default function PayLayout({ children }: { children: React.ReactNode }) {
  return (
    <main id="main" className="mx-auto grid min-h-dvh w-full max-w-md content-center px-4 py-10">
      <Messages areas={["common", "selling"]}>{children}</Messages>
    </main>
  );
}
