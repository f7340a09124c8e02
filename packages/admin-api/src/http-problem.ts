import type { ProblemCode } from '@tacho/api-contract';

interface ProblemDetails {
  status: number;
  code: ProblemCode;
  /** For the reader: says nothing of the service's insides. */
  detail: string;
  /** The query parameter to blame. */
  parameter?: string;
  /** The field of the body to blame. */
  field?: string;
  headers?: Readonly<Record<string, string>>;
  /** For `onError`, never for the reader. */
  cause?: unknown;
}

/** Thrown anywhere below the error response, which answers with it. Its message is the detail. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly parameter: string | undefined;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, parameter, field, headers = {}, cause }: ProblemDetails) {
    super(detail, { cause });
    this.name = 'HttpProblem';
    this.status = status;
    this.code = code;
    this.parameter = parameter;
    this.field = field;
    this.headers = headers;
  }
}
