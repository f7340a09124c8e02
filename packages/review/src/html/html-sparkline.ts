import type { Sparkline } from '../section.ts';
import { type Markup, markup } from './markup.ts';
import { BAR_COLOUR, STYLE } from './style.ts';

const HEIGHT_PX = 40;

/** Bars that stand side by side, and in words what they come to. */
export function htmlSparkline({ caption, shares, first, last, most }: Sparkline): Markup {
  const bars = shares.map((share) => {
    const height = `${Math.max(1, Math.round(share * HEIGHT_PX))}px`;
    return markup`<td valign="bottom" style="width:12px;padding:0 1px;height:${HEIGHT_PX}px"><div style="height:${height};line-height:${height};font-size:1px;background:${BAR_COLOUR}">&nbsp;</div></td>`;
  });
  const middle = shares.length - 2;
  return markup`<p style="${STYLE.caption}">${caption}</p>
<table role="presentation" cellspacing="0" cellpadding="0" style="${STYLE.table}"><tr>${bars}</tr>
<tr><td>${first}</td><td colspan="${middle}"></td><td>${last}</td></tr></table>
<p style="${STYLE.paragraph}">${most}.</p>
`;
}
