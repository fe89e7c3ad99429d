import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";

type Props = {
  /** What was found, and how it stands, in words and shapes. */
  title: React.ReactNode;
  sentence: string;
  back: { href: string; label: string };
  acts: React.ReactNode;
  about: React.ReactNode;
  children: React.ReactNode;
};

/** One thing that two calculations do not agree about: what it is, and both of them beside it. */
export function FindingPage({ title, sentence, back, acts, about, children }: Props) {
  return (
    <Page>
      <PageHeader
        title={<span className="flex flex-wrap items-center gap-2">{title}</span>}
        sentence={sentence}
        actions={
          <>
            <LinkButton href={back.href} variant="secondary" size="sm">
              {back.label}
            </LinkButton>
            {acts}
          </>
        }
      />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        {about}
        <div className="grid min-w-0 gap-3">{children}</div>
      </div>
    </Page>
  );
}
