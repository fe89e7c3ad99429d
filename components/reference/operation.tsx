import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fields } from "#components/reference/fields";
import { MethodTag } from "#components/reference/method";
import { Snippet } from "#components/reference/snippet";
import type { ApiDocument } from "#lib/web/api-document";
import { answerSchemaOf, exampleFor, type Listed, ownParameters } from "#lib/web/api-examples";
import { type Field, fieldsOf, typeOf } from "#lib/web/api-fields";
import type { Operation as Described } from "#lib/web/api-operation";

type Props = { listed: Listed; document: ApiDocument };

/** One operation: what it does, who may, what goes in, what comes out, and how to call it. */
export function Operation({ listed, document }: Props) {
  const t = useTranslations("reference");
  const { path, method, operation } = listed;
  const { operationId, summary, description } = operation;
  const words = {
    ...{ curl: t("curl"), typescript: t("typescript"), language: t("language") },
    ...{ copy: t("copy"), copied: t("copied"), example: t("example", { name: summary }) },
  };
  return (
    <section aria-labelledby={operationId} className="border-t border-border py-6">
      <h2 id={operationId} className="scroll-mt-20 text-base font-semibold">
        <a
          href={`#${operationId}`}
          aria-label={`${summary}. ${t("link", { name: summary })}`}
          className="hover:underline"
        >
          {summary}
        </a>
      </h2>
      <p className="mt-1 flex flex-wrap items-center gap-2">
        <MethodTag of={method} />
        <code className="font-mono text-xs break-all">{path}</code>
      </p>
      {description && <p className="mt-2 max-w-2xl">{description}</p>}
      <WhoMay operation={operation} />
      <div className="mt-4 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          <WhatGoesIn operation={operation} document={document} />
          <WhatComesOut operation={operation} document={document} />
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-4 lg:sticky lg:top-20">
          <Snippet of={exampleFor(listed, document)} words={words} />
          <Problems operation={operation} />
        </div>
      </div>
    </section>
  );
}

function WhoMay({ operation }: { operation: Described }) {
  const t = useTranslations("reference");
  const noKey = operation["x-people-only"];
  const permission = operation["x-permission"];
  return (
    <p className="mt-2 text-xs text-muted">
      {operation.security.length === 0 && t("anyone")}
      {permission && (
        <>
          {t(noKey ? "permission" : "scope")}{" "}
          <code className="rounded-sm bg-default px-1.5 py-0.5 font-mono text-2xs text-default-foreground">
            {permission}
          </code>{" "}
        </>
      )}
      {noKey && operation.security.length > 0 && t("peopleOnly", { why: noKey })}
    </p>
  );
}

function WhatGoesIn({ operation, document }: { operation: Described; document: ApiDocument }) {
  const t = useTranslations("reference");
  const { schemas } = document.components;
  const parameters = ownParameters(operation).map(
    ({ name, in: where, required, description = "", schema }): Field & { where: string } => ({
      ...{ path: name, type: typeOf(schema, schemas), isRequired: required, description },
      where: t(where === "path" ? "inPath" : where === "query" ? "inQuery" : "inHeader"),
    }),
  );
  const body = operation.requestBody?.content["application/json"]?.schema;
  const sent = body ? fieldsOf(body, schemas) : [];
  return (
    <>
      <Fields title={t("parameters")} fields={parameters} />
      <Fields
        title={t("body")}
        fields={sent.map((field) => (field.isRequired ? { ...field, where: t("inBody") } : field))}
      />
    </>
  );
}

function WhatComesOut({ operation, document }: { operation: Described; document: ApiDocument }) {
  const t = useTranslations("reference");
  const answer = answerSchemaOf(operation);
  if (answer) {
    const fields = fieldsOf(answer, document.components.schemas);
    return <Fields title={t("answer")} fields={fields} />;
  }
  const status = Object.keys(operation.responses).find((code) => code.startsWith("2")) ?? "204";
  return <p className="text-xs text-muted">{t("noAnswer", { status })}</p>;
}

function Problems({ operation }: { operation: Described }) {
  const t = useTranslations("reference");
  const refs = Object.entries(operation.responses).flatMap(([status, response]) =>
    "$ref" in response ? [{ status, code: response.$ref.split("/").at(-1)! }] : [],
  );
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{t("problems")}</h3>
      <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
        {refs.map(({ status, code }) => (
          <li key={code}>
            <Link
              href={`/reference/errors#${code}`}
              className="inline-block py-1 text-link hover:underline"
            >
              {status} <span className="font-mono">{code}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
