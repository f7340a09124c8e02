import { shownCode } from './error-code.ts';
import { NotSent, notEver, notNow } from './not-sent.ts';

/** What Node and nodemailer add to an error. */
interface MailError {
  readonly code?: unknown;
  /** What the system or TLS said, where nodemailer has put its own in its place. */
  readonly originalCode?: unknown;
  /** Of SMTP. */
  readonly responseCode?: unknown;
}

const BAD_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ISSUER/;

/** Why a mail was not sent: by codes alone, as what a server says may be anything. */
export function mailFailure(thrown: unknown): NotSent {
  if (thrown instanceof NotSent) return thrown;
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as MailError;
  const code = shownCode(error.code);
  if (code === 'ETLS') return notEver('the server does not do STARTTLS');
  if (typeof error.responseCode === 'number' && error.responseCode >= 400)
    return refusedBy(error.responseCode, code);
  const cause = shownCode(error.originalCode ?? error.code);
  if (BAD_CERTIFICATE.test(cause)) return notEver(`the certificate of the server is not valid (${cause})`);
  return notNow(`the server cannot be reached (${cause})`);
}

/** RFC 5321, 4.2.1: 4yz may be taken another time, 5yz will not. */
function refusedBy(status: number, code: string): NotSent {
  const what =
    code === 'EAUTH' ? `the server refused the login (${status})` : `the server refused the mail (${status})`;
  return status < 500 || status === 503 ? notNow(what) : notEver(what);
}
