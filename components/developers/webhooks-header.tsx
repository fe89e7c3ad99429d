import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { PageHeader } from "#components/ui/page-header";

type Props = { place: Place; actions?: React.ReactNode; sentence?: string };

/** Of a workspace these are its Developers' pages, of the platform its webhooks. */
export function WebhooksHeader({ place, actions, sentence }: Props) {
  const t = useTranslations("developers");
  const isPlatform = place.whose === "platform";
  return (
    <PageHeader
      title={t(isPlatform ? "platform.title" : "title")}
      sentence={sentence ?? t(isPlatform ? "platform.sentence" : "sentence")}
      actions={actions}
    />
  );
}
