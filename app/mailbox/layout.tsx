import { notFound } from "next/navigation";
import { Messages } from "#components/messages";
import { PlainFrame } from "#components/shell/plain-frame";
import { hasMailbox } from "#lib/mail/list-mails";

export default function MailboxLayout({ children }: { children: React.ReactNode }) {
  if (!hasMailbox()) notFound();
  return (
    <Messages areas={["common", "auth"]}>
      <PlainFrame>{children}</PlainFrame>
    </Messages>
  );
}
