import { escapeControls } from '../escape.ts';
import { counted } from '../figures.ts';
import type { Paint, Tone } from '../paint.ts';
import { GROUPS } from './check.ts';
import type { Status } from './finding.ts';
import type { DoctorReport, ReportedFinding } from './report.ts';
import { wrapped } from './wrapped.ts';

const MARKS: Readonly<Record<Status, readonly [mark: string, tone: Tone]>> = {
  ok: ['ok', 'good'],
  warning: ['warning', 'attention'],
  problem: ['PROBLEM', 'bad'],
  skipped: ['skipped', 'faint'],
};

const MARK_WIDTH = 7;
const INDENT = ' '.repeat(MARK_WIDTH + 4);
const LEAST_WIDTH = 40;

/** The report for people: in groups, each remedy below what it is for, a line to sum up at the end. */
export function reportText(report: DoctorReport, columns: number, paint: Paint): string {
  const width = Math.max(LEAST_WIDTH, columns) - INDENT.length;
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const findings = report.findings.filter((finding) => finding.group === group);
    if (findings.length === 0) return [];
    return [paint('heading', title), ...findings.flatMap((finding) => lines(finding, width, paint)), ''];
  });
  return `${[...groups, summaryLine(report, paint)].join('\n')}\n`;
}

function lines({ id, status, found, remedy }: ReportedFinding, width: number, paint: Paint): string[] {
  const [mark, tone] = MARKS[status];
  const [first = '', ...rest] = wrapped(escapeControls(`${id}: ${found}`), width);
  const remedies = remedy === null ? [] : wrapped(escapeControls(remedy), width - 2);
  return [
    `  ${paint(tone, mark.padEnd(MARK_WIDTH))}  ${first}`,
    ...rest.map((line) => INDENT + line),
    ...remedies.map((line, index) => `${INDENT}${index === 0 ? '→' : ' '} ${line}`),
  ];
}

function summaryLine({ summary: { ok, warning, problem, skipped } }: DoctorReport, paint: Paint): string {
  const tone = problem > 0 ? 'bad' : warning > 0 ? 'attention' : 'good';
  const told = `${counted(problem, 'problem')}, ${counted(warning, 'warning')}, ${ok} ok, ${skipped} skipped`;
  return paint(tone, told);
}
