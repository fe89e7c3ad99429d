import { notFound } from "next/navigation";
import { apiDocument } from "#app/api/v1/api-document";
import { Operation } from "#components/reference/operation";
import { ReferencePage } from "#components/reference/reference-nav";
import { type ApiArea, apiAreas } from "#lib/web/api-areas";
import { listOperations } from "#lib/web/api-examples";

type Props = { params: Promise<{ area: string }> };

export async function generateMetadata({ params }: Props) {
  const area = areaIn((await params).area);
  return area ? { title: `${apiAreas[area].name} · API`, description: apiAreas[area].about } : {};
}

export default async function ReferenceArea({ params }: Props) {
  const area = areaIn((await params).area);
  if (!area) notFound();
  const document = await apiDocument();
  const operations = listOperations(document).filter(({ operation: { tags } }) => tags[0] === area);
  return (
    <ReferencePage current={area} operations={operations}>
      <h1 className="text-2xl font-semibold tracking-tight">{apiAreas[area].name}</h1>
      <p className="mt-2 mb-6 max-w-2xl text-base text-muted">{apiAreas[area].about}</p>
      {operations.map((listed) => (
        <Operation key={listed.operation.operationId} listed={listed} document={document} />
      ))}
    </ReferencePage>
  );
}

function areaIn(text: string): ApiArea | undefined {
  return Object.hasOwn(apiAreas, text) ? (text as ApiArea) : undefined;
}
