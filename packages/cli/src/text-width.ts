import stringWidth from 'string-width';

const ELLIPSIS = '…';

/**
 * Longer clusters are piled-up marks, not writing: terminals disagree about them and they cost memory for
 * nothing.
 */
const MAX_CLUSTER_LENGTH = 32;
const REPLACEMENT = '\u{FFFD}';

/** Most of what is shown: a column for each character, known without a look at each. */
const PLAIN = /^[\x20-\x7e]*$/;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The columns that a terminal gives the text. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/**
 * The text in at most `width` columns, never cut inside a character; what is left out is told by `…`. Takes
 * no longer for 10 MB than for a line.
 * @param text without controls: see `escapeControls`
 */
export function cutToWidth(text: string, width: number): string {
  if (text.length <= width && PLAIN.test(text)) return text;
  let kept = '';
  let keptWidth = 0;
  let keptWithEllipsis = '';
  for (const { segment } of graphemes.segment(text)) {
    const cluster = segment.length > MAX_CLUSTER_LENGTH ? REPLACEMENT : segment;
    const clusterWidth = widthOf(cluster);
    if (keptWidth + clusterWidth > width) return width < 1 ? '' : keptWithEllipsis + ELLIPSIS;
    kept += cluster;
    keptWidth += clusterWidth;
    if (keptWidth < width) keptWithEllipsis = kept;
  }
  return kept;
}

/** Cut or filled with spaces to exactly `width` columns. */
export function fitToWidth(text: string, width: number, align: 'left' | 'right'): string {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(cut)));
  return align === 'left' ? cut + space : space + cut;
}
