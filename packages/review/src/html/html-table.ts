import type { Cell, Column, Table } from '../section.ts';
import { type Markup, markup } from './markup.ts';
import { BAR_COLOUR, STYLE } from './style.ts';

/** A table; columns without any title have no heading. */
export function htmlTable({ columns, rows, caption }: Table): Markup {
  const head = columns.map(
    (column) => markup`<th scope="col" style="${STYLE.head};${alignOf(column)}">${column.title}</th>`,
  );
  const body = rows.map(
    (row) => markup`<tr>${row.map((cell, index) => htmlCell(cell, columns[index]!))}</tr>
`,
  );
  return markup`${captionOf(caption)}<table cellspacing="0" cellpadding="0" style="${STYLE.table}">
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>
`;
}

function captionOf(caption: string | undefined): Markup {
  return caption === undefined
    ? markup``
    : markup`<p style="${STYLE.caption}">${caption}</p>
`;
}

function htmlCell(cell: Cell, column: Column): Markup {
  const style = `${STYLE.cell};${alignOf(column)}`;
  return markup`<td style="${style}">${column.kind === 'bar' ? bar(Number(cell)) : cell}</td>`;
}

function alignOf({ kind }: Column): string {
  return STYLE[kind];
}

/** A table again: of bars, it is what every mail program shows. */
function bar(share: number): Markup {
  if (!(share > 0)) return markup``;
  const percent = Math.max(1, Math.round(share * 100));
  return markup`<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td width="${percent}%" bgcolor="${BAR_COLOUR}" style="height:12px;line-height:12px;font-size:1px">&nbsp;</td><td style="font-size:1px">&nbsp;</td></tr></table>`;
}
