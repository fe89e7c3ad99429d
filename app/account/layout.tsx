import { Messages } from "#components/messages";
import { PlainFrame } from "#components/shell/plain-frame";

export default function AccountLayout({ children }: { children: React.ReactNode }) {
  return (
    <Messages areas={["common", "auth"]}>
      <PlainFrame>{children}</PlainFrame>
    </Messages>
  );
}
