import { TachoError, type TachoErrorCode } from '@tacho/core';

/** What is left of an error on its way from a worker: an error does not survive being cloned. */
export interface ToolError {
  readonly code: TachoErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}

export function plainError(error: unknown): ToolError {
  if (error instanceof TachoError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'TACHO_STORE_UNAVAILABLE', message: String(error), hint: undefined };
}

export function errorOf({ code, message, hint }: ToolError): TachoError {
  return new TachoError(code, message, hint === undefined ? {} : { hint });
}
