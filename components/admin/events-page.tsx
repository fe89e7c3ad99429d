import { Page, PageHeader } from "#components/ui/page-header";
import { type Tab, Tabs } from "#components/ui/tabs";

const sections = {
  inbox: { label: "Inbox", href: "/admin/events" },
  dead: { label: "Dead letters", href: "/admin/events/dead" },
  runs: { label: "Runs", href: "/admin/events/runs" },
  drift: { label: "Drift", href: "/admin/events/drift" },
  backfills: { label: "Backfills", href: "/admin/events/backfills" },
  resync: { label: "Resync", href: "/admin/events/resync" },
  breakers: { label: "Breakers", href: "/admin/events/breakers" },
} as const;

type Props = {
  at: keyof typeof sections;
  title: string;
  sentence: React.ReactNode;
  actions?: React.ReactNode;
  /** How many are behind this page's own tab, where that matters. */
  count?: number | undefined;
  children: React.ReactNode;
};

/** The head that the pages about events share, with the way from each to the others. */
export function EventsPage({ at, title, sentence, actions, count, children }: Props) {
  const tabs = Object.entries(sections).map(
    ([name, section]): Tab => ({
      ...section,
      isCurrent: name === at,
      count: name === at ? count : undefined,
    }),
  );
  return (
    <Page>
      <PageHeader title={title} sentence={sentence} actions={actions} />
      <div>
        <Tabs label="About events" tabs={tabs} />
      </div>
      {children}
    </Page>
  );
}
