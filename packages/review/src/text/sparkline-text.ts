import type { Sparkline } from '../section.ts';

const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** `00 ▁▁▂▄█▆▃▁ 23, most from 14:00: 1,234 of 9,876` below its caption. */
export function sparklineText({ caption, shares, first, last, most }: Sparkline): string[] {
  const bars = shares.map(
    (share) => HEIGHTS[Math.min(HEIGHTS.length - 1, Math.floor(share * HEIGHTS.length))],
  );
  return ['', `${caption}:`, `${first} ${bars.join('')} ${last}, ${most}`];
}
