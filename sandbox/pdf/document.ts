import { type Weight, widthOf } from "#sandbox/pdf/widths";

/** How a piece of text is set. Without a right edge it begins at `x`. */
export interface Setting {
  x: number;
  size?: number;
  weight?: Weight;
  isSoft?: boolean;
  /** Ends at `x` instead of beginning there. */
  isRight?: boolean;
}

/** A PDF being written, from the top of its first page down. */
export interface PdfDocument {
  text(text: string, setting: Setting): void;
  /** Text over as many lines as it needs. */
  paragraph(text: string, setting: Setting & { width: number }): void;
  rule(): void;
  /** Moves down, onto a new page when there is no room for what comes. */
  down(distance: number, needed?: number): void;
  bytes(): Buffer;
}

const page = { width: 595, height: 842, margin: 56 };

/** Starts an A4 document in the two Helveticas every reader has, so no font is embedded and no
 *  library is needed. https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf */
export function startPdf(title: string): PdfDocument {
  const pages: string[][] = [[]];
  let y = page.height - page.margin;
  const draw = (command: string) => pages.at(-1)?.push(command);
  const write = (text: string, { x, size = 10, weight = "regular", ...how }: Setting) => {
    const left = how.isRight ? x - widthOf(text, size, weight) : x;
    const font = weight === "bold" ? "F2" : "F1";
    const grey = how.isSoft ? "0.36 g" : "0 g";
    const place = `${left.toFixed(2)} ${y.toFixed(2)}`;
    draw(`BT ${grey} /${font} ${size} Tf ${place} Td (${escaped(text)}) Tj ET`);
  };
  const document: PdfDocument = {
    text: write,
    paragraph(text, { width, ...setting }) {
      for (const [place, line] of wrapped(text, width, setting).entries()) {
        if (place > 0) document.down((setting.size ?? 10) * 1.4);
        write(line, setting);
      }
    },
    rule() {
      const [from, to] = [page.margin, page.width - page.margin];
      draw(`0.8 G 0.6 w ${from} ${y.toFixed(2)} m ${to} ${y.toFixed(2)} l S`);
    },
    down(distance, needed = 0) {
      y -= distance;
      if (y - needed > page.margin) return;
      pages.push([]);
      y = page.height - page.margin;
    },
    bytes: () => assemble(title, pages),
  };
  return document;
}

/** The left and right edges text keeps to. */
export const edges = { left: page.margin, right: page.width - page.margin };

function wrapped(text: string, width: number, { size = 10, weight = "regular" }: Setting) {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

// Windows' Latin letters have what Latin-1 lacks at these places.
const winAnsi: Record<string, number> = { "€": 0x80, "–": 0x96, "—": 0x97, "’": 0x92, "…": 0x85 };

function escaped(text: string): string {
  return [...text]
    .map((letter) => {
      const code = winAnsi[letter] ?? letter.codePointAt(0) ?? 63;
      const byte = code > 255 ? 63 : code;
      const isPlain = byte >= 32 && byte < 127 && !"()\\".includes(letter);
      return isPlain ? letter : `\\${byte.toString(8).padStart(3, "0")}`;
    })
    .join("");
}

function assemble(title: string, pages: string[][]): Buffer {
  const firstPage = 6;
  const kids = pages.map((_page, place) => `${firstPage + place * 2} 0 R`).join(" ");
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< /Title (${escaped(title)}) /Producer (Local Stripe) >>`,
    ...pages.flatMap((commands, place) => {
      const content = commands.join("\n");
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] ` +
          "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> " +
          `/Contents ${firstPage + 1 + place * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, place) => {
    const offset = body.length;
    body += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, "0");
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join("");
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>`;
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return Buffer.from(`${body}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`, "latin1");
}
