import type { Seen } from "#scripts/shots/look";
import { folderOf, views } from "#scripts/shots/pages";

/** All pictures on one page, a row for each page and a column for each width and theme. */
export function contactSheet(seen: readonly Seen[]): string {
  const names = [...new Set(seen.map(({ name }) => name))];
  const heads = views.map((view) => `<th>${folderOf(view)}</th>`).join("");
  const rows = names.map((name) => {
    const cells = views.map((view) => {
      const at = folderOf(view);
      const found = seen.find((one) => one.name === name && folderOf(one.view) === at);
      return `<td>${found ? cell(found) : ""}</td>`;
    });
    return `<tr><th>${escaped(name)}</th>${cells.join("")}</tr>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Every page</title><style>
body{font:14px system-ui;margin:24px;color-scheme:light dark}
table{border-collapse:collapse}td,th{padding:8px;vertical-align:top;text-align:left}
img{width:280px;max-height:420px;object-fit:cover;object-position:top;border:1px solid #8884}
p{color:#c00;margin:4px 0;max-width:280px}
</style><table><tr><th></th>${heads}</tr>${rows.join("\n")}</table>\n`;
}

function cell({ file, faults }: Seen): string {
  const image = `<a href="${file}"><img loading="lazy" src="${file}" alt="${escaped(file)}"></a>`;
  return image + faults.map((fault) => `<p>${escaped(fault)}</p>`).join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
