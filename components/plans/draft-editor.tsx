"use client";

import { useEffect, useRef, useState } from "react";
import { CellField } from "#components/plans/cell-field";
import type { MeterChoice } from "#components/plans/component-card";
import { ComponentsField } from "#components/plans/components-field";
import type { DraftForm } from "#components/plans/draft-form";
import { FeaturesField } from "#components/plans/features-field";
import { KeptNotice } from "#components/plans/kept-notice";
import { OffersField } from "#components/plans/offers-field";
import { OvertakenNotice } from "#components/plans/overtaken-notice";
import { PricePreview } from "#components/plans/price-preview";
import { SaveBar } from "#components/plans/save-bar";
import { type Draft, type DraftSource, useDraft } from "#components/plans/use-draft";
import { Card } from "#components/ui/card";
import { ProblemAlert } from "#components/ui/form";
import { FormErrors } from "#components/ui/form-errors";

type Props = DraftSource & {
  plan: { key: string; name: string };
  number: number;
  meters: readonly MeterChoice[];
  mayPublish: boolean;
};

/** Everything a version says, with the price of any quantity beside it while it is typed. */
export function DraftEditor({ plan, number, meters, mayPublish, ...source }: Props) {
  const draft = useDraft(source);
  const { form, change } = draft;
  const [attempt, setAttempt] = useState(0);
  const fields = useFocusOnError(attempt);
  const save = async () => {
    const isSaved = await draft.save();
    if (!isSaved) setAttempt((count) => count + 1);
  };
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <form
        ref={fields}
        noValidate
        aria-label={`Draft of version ${number} of ${plan.name}`}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onBlur={({ target }) => draft.touch("name" in target ? String(target.name) : "")}
        className="grid grid-cols-1 gap-4"
      >
        <KeptNotice versionId={source.versionId} revision={draft.revision} onRestore={change} />
        {draft.isOvertaken && <OvertakenNotice versionId={source.versionId} draft={draft} />}
        <ProblemAlert problem={draft.problem} fieldErrors={{}} />
        <FormErrors value={draft.errors}>
          <EditorFields form={form} meters={meters} onChange={change} />
        </FormErrors>
        <SaveBar {...{ draft, plan, number, mayPublish, versionId: source.versionId }} />
      </form>
      <div className="grid grid-cols-1 gap-4 lg:sticky lg:top-16">
        <PricePreview form={form} />
        <ToMend draft={draft} />
      </div>
    </div>
  );
}

function EditorFields(props: {
  form: DraftForm;
  meters: readonly MeterChoice[];
  onChange: (form: DraftForm) => void;
}) {
  const { form, meters, onChange } = props;
  return (
    <>
      <Card title="Sold in" note="every component has a price in each">
        <OffersField form={form} onChange={onChange} />
      </Card>
      <h2 className="pt-2 font-semibold">Components</h2>
      <ComponentsField form={form} meters={meters} onChange={onChange} />
      <Card title="Trial">
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <div className="w-32">
            <CellField
              hideLabel={false}
              name="trialDays"
              label="Days"
              description="0 is none"
              value={form.trialDays}
              inputMode="numeric"
              onChange={(trialDays) => onChange({ ...form, trialDays })}
            />
          </div>
          <label className="flex min-h-9 items-center gap-2 sm:mt-6">
            <input
              type="checkbox"
              checked={form.trialNeedsCard}
              onChange={({ target }) => onChange({ ...form, trialNeedsCard: target.checked })}
              className="size-4 accent-accent"
            />
            A trial begins with a way to pay
          </label>
        </div>
      </Card>
      <Card title="Features" note="what it gives, and how much of it">
        <FeaturesField
          features={form.features}
          meters={meters}
          onChange={(features) => onChange({ ...form, features })}
        />
      </Card>
    </>
  );
}

/** What keeps it from being saved or published, said before one tries. */
function ToMend({ draft: { problems, isTried } }: { draft: Draft }) {
  const shown = problems.filter(({ blocks }) => blocks === "publish" || isTried);
  if (shown.length === 0) return null;
  return (
    <Card title="Before it can be published">
      <ul className="grid list-disc gap-1.5 ps-4">
        {shown.map(({ field, message }) => (
          <li key={field}>{message}</li>
        ))}
      </ul>
    </Card>
  );
}

/** After a save that was refused the first field at fault takes the focus. */
function useFocusOnError(attempt: number) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempt === 0) return;
    // A tick later: the panel the field stands in may only now have come forward.
    const timer = setTimeout(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]:not([hidden] *)')?.focus();
    });
    return () => clearTimeout(timer);
  }, [attempt]);
  return form;
}
