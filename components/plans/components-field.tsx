"use client";

import { Plus } from "lucide-react";
import { useContext } from "react";
import { ComponentCard, type MeterChoice } from "#components/plans/component-card";
import {
  type DraftForm,
  emptyComponent,
  type FormComponent,
  keyFrom,
} from "#components/plans/draft-form";
import { kindWords } from "#components/plans/models";
import { nextId } from "#components/plans/next-id";
import { Button } from "#components/ui/button";
import { FormErrors } from "#components/ui/form-errors";
import { type ComponentKind, componentKinds } from "#lib/catalog/plan";

type Props = {
  form: DraftForm;
  meters: readonly MeterChoice[];
  onChange: (form: DraftForm) => void;
};

/** Everything that is charged for, in the order of the invoice. */
export function ComponentsField({ form, meters, onChange }: Props) {
  const { components, offers } = form;
  const error = useContext(FormErrors).components;
  const put = (next: FormComponent[]) => onChange({ ...form, components: next });
  const add = (kind: ComponentKind) => {
    const taken = components.map(({ key }) => key);
    put([...components, emptyComponent(kind, nextId("component"), offers, taken)]);
  };
  return (
    <div className="grid grid-cols-1 gap-3">
      {error && <p className="text-danger">{error}</p>}
      {components.length === 0 && (
        <p className="rounded-lg border border-dashed border-border p-4 text-muted">
          Nothing is charged for yet: as it is, this version is free.
        </p>
      )}
      {components.map((component, index) => (
        <ComponentCard
          key={component.id}
          index={index}
          component={component}
          offers={offers}
          meters={meters}
          isFirst={index === 0}
          isLast={index === components.length - 1}
          onChange={(next) => put(components.with(index, follow(component, next)))}
          onMove={(by) => put(moved(components, index, by))}
          onRemove={() => put(components.filter((_, at) => at !== index))}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        {componentKinds.map((kind) => (
          <Button key={kind} variant="secondary" size="sm" onPress={() => add(kind)}>
            <Plus aria-hidden className="size-3.5" /> {kindWords[kind]}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** A key that was made of the name keeps following it; one that was typed stays. */
function follow(before: FormComponent, after: FormComponent): FormComponent {
  const isNew = before.id.includes("-new-");
  const isMade = before.key === keyFrom(before.name) && before.key === after.key;
  return isNew && isMade ? { ...after, key: keyFrom(after.name) } : after;
}

function moved(list: readonly FormComponent[], at: number, by: 1 | -1): FormComponent[] {
  const there = list[at + by];
  const here = list[at];
  if (!there || !here) return [...list];
  return list.with(at, there).with(at + by, here);
}
