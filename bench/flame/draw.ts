import type { Frame, Owner } from './stacks.ts';

const WIDTH = 1200;
const ROW = 18;
/** Narrower ones could not be seen. */
const LEAST_WIDTH = 1;
const CHARACTER = 6.6;

const COLOURS: Readonly<Record<Owner, string>> = {
  tacho: '#e8743b',
  opentelemetry: '#9b7ede',
  node: '#b8c4ce',
  application: '#dfe6eb',
};

/** A flame graph as SVG: callers below, the width of a frame the time in it and in what it called. */
export function draw(root: Frame, title: string): string {
  const rows: string[] = [];
  const deepest = depthOf(root);
  const height = (deepest + 3) * ROW;
  const scale = WIDTH / root.totalMicros;
  const visit = (frame: Frame, x: number, depth: number): void => {
    const width = frame.totalMicros * scale;
    if (width < LEAST_WIDTH) return;
    const share = ((100 * frame.totalMicros) / root.totalMicros).toFixed(2);
    rows.push(rectangle(frame, x, height - (depth + 2) * ROW, width, share));
    let left = x;
    for (const below of [...frame.below.values()].sort((a, b) => b.totalMicros - a.totalMicros)) {
      visit(below, left, depth + 1);
      left += below.totalMicros * scale;
    }
  };
  visit(root, 0, 0);
  const legend = Object.entries(COLOURS).map(
    ([owner, colour], index) =>
      `<rect x="${index * 130}" y="${height - ROW + 4}" width="12" height="12" fill="${colour}"/>` +
      `<text x="${index * 130 + 16}" y="${height - 4}">${owner}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/><text x="4" y="13">${escaped(title)}</text>`,
    ...rows,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

function rectangle({ name, owner }: Frame, x: number, y: number, width: number, share: string): string {
  const room = Math.floor(width / CHARACTER) - 1;
  const label = room < 3 ? '' : name.slice(0, room);
  const title = `<title>${escaped(name)}: ${share} %</title>`;
  const box = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${COLOURS[owner]}" stroke="#ffffff" stroke-width="0.5">${title}</rect>`;
  if (label === '') return box;
  return `${box}<text x="${(x + 3).toFixed(1)}" y="${y + 13}" pointer-events="none">${escaped(label)}</text>`;
}

function depthOf(frame: Frame): number {
  return 1 + Math.max(0, ...[...frame.below.values()].map(depthOf));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
