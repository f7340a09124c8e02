const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const NOTHING = ' ';

/**
 * Values as bars from 0 to the greatest, one a column. Where there are more values than columns, each column has the
 * greatest of its share, so that no peak is lost; one without any value is empty.
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const columns = peaks(values, Math.max(0, Math.floor(width)));
  const greatest = Math.max(0, ...columns.map((value) => value ?? 0));
  return columns.map((value) => barOf(value, greatest)).join('');
}

function barOf(value: number | null, greatest: number): string {
  if (value === null) return NOTHING;
  const level = greatest > 0 ? Math.ceil((value / greatest) * BARS.length) : 0;
  return BARS[Math.max(0, Math.min(level, BARS.length) - 1)] ?? NOTHING;
}

function peaks(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width);
    const to = Math.floor(((column + 1) * values.length) / width);
    const known = values.slice(from, to).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  });
}
