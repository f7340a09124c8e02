import { escapeControls } from '@tacho/core';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Below it no character of any script takes two columns. */
const FIRST_WIDE = 0x1100;

/** Longer clusters are piled-up marks, not writing. */
const MAX_CLUSTER_LENGTH = 32;

/** A name from anywhere, on one line, its controls shown, in at most `width` columns; what is left out is told by `…`. */
export function nameText(name: string, width: number): string {
  let kept = '';
  let room = width;
  const text = escapeControls(name);
  for (const { segment } of graphemes.segment(text)) {
    const cluster = segment.length > MAX_CLUSTER_LENGTH ? '\u{FFFD}' : segment;
    const columns = (cluster.codePointAt(0) ?? 0) < FIRST_WIDE ? 1 : 2;
    const isLast = kept.length + segment.length === text.length;
    if (columns > room || (columns === room && !isLast)) return `${kept}…`;
    kept += cluster;
    room -= columns;
  }
  return kept;
}
