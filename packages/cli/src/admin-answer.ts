import { type Validator, validateProblem } from '@tacho/api-contract';
import { type CommandError, failure } from './command-error.ts';
import { quoted, shown } from './shown.ts';

export interface AdminAnswer {
  /** What was asked for. */
  url: string;
  status: number;
  body: string;
}

/**
 * What an answer says, once it is known to say what the contract promises.
 * @param status of an answer that says it
 * @throws `CommandError`, one line that says what is wrong with it
 */
export function answerOf<T>(answer: AdminAnswer, validate: Validator<T>, status = 200): T {
  if (answer.status !== status) throw refusal(answer);
  const validation = validate(parsed(answer.body));
  if (validation.ok) return validation.value;
  const { path, message } = validation.issue;
  throw failure(
    `${answer.url} answered nonsense: ${path === '' ? '' : `${quoted(path)}: `}${shown(message, 200)}`,
  );
}

/** @returns undefined, which no validator lets pass, where the text is no JSON */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function refusal({ url, status, body }: AdminAnswer): CommandError {
  if (status === 401 || status === 403) {
    return failure(
      `${url} refuses the token (${status}): give the service's own in TACHO_ADMIN_TOKEN or --token-file`,
    );
  }
  if (status >= 300 && status < 400) {
    return failure(
      `${url} answered ${status}: redirects are not followed, give the address itself with --url`,
    );
  }
  const problem = validateProblem(parsed(body));
  return failure(`${url} answered ${status}${problem.ok ? `: ${shown(problem.value.detail, 200)}` : ''}`);
}
