import type { Examined } from './examine.ts';
import type { Status } from './finding.ts';

/** As `--json` prints it: the shape stays, and only grows. */
export interface DoctorReport {
  /** Of the command. */
  readonly tacho: string;
  /** Where the service was looked for; null where nobody knows. */
  readonly url: string | null;
  readonly summary: Readonly<Record<Status, number>>;
  /** In the order of the groups; several of one check where it has found several things. */
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  readonly id: string;
  readonly group: string;
  readonly status: Status;
  readonly found: string;
  /** Null where nothing is to be done. */
  readonly remedy: string | null;
}

export interface ReportOptions {
  readonly version: string;
  readonly url: string | undefined;
  readonly redact: (text: string) => string;
}

export function doctorReport(
  examined: readonly Examined[],
  { version, url, redact }: ReportOptions,
): DoctorReport {
  const findings = examined.flatMap(({ check: { id, group }, findings }) =>
    findings.map(({ status, found, remedy }) => ({
      id,
      group,
      status,
      found: redact(found),
      remedy: remedy === undefined ? null : redact(remedy),
    })),
  );
  const counted = (wanted: Status): number => findings.filter(({ status }) => status === wanted).length;
  const summary = {
    ok: counted('ok'),
    warning: counted('warning'),
    problem: counted('problem'),
    skipped: counted('skipped'),
  };
  return { tacho: version, url: url ?? null, summary, findings };
}
