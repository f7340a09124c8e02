import type { Socket } from 'node:net';
import { failureReason } from '../../failure-reason.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { variable } from '../patient.ts';
import { hostOf, reach } from '../reach.ts';

const SMTP_URL = 'TACHO_SMTP_URL';
/** Begins what is told of a variable that keeps mail from being sent. */
const MAIL = /^TACHO_(SMTP|MAIL)_/;

const MAX_REPLY = 64 * 1024;

/** Whether mail could be handed in: as far as one comes without a password. */
export const mail: Check = {
  id: 'mail',
  group: 'alerts',
  async examine(patient, signal) {
    const text = variable(patient, SMTP_URL);
    if (text === undefined) return [skipped('the environment has no mail server')];
    const { warnings } = patient.environment.checkVariables(patient.environment.variables);
    const url = URL.parse(text);
    if (url === null || warnings.some((told) => MAIL.test(told)))
      return [skipped('no mail is sent: see "variables"')];
    return [await tried(url, signal)];
  },
};

async function tried(url: URL, signal: AbortSignal): Promise<Finding> {
  const isTls = url.protocol === 'smtps:';
  const port = Number(url.port) || (isTls ? 465 : 587);
  const where = `${url.protocol}//${url.host}`;
  const other = isTls ? 'smtp://…:587' : 'smtps://…:465';
  let socket: Socket;
  try {
    socket = await reach({ host: hostOf(url), port, isTls }, signal);
  } catch (error) {
    return problem(
      `${where}, the mail server, can't be reached: ${failureReason(error)}`,
      `Let ${SMTP_URL} lead to a server that listens there, and let the firewall pass it; port 465 is smtps://, 587 and 25 are smtp://.`,
    );
  }
  try {
    if (!/^220/m.test(await reply(socket, signal)))
      return problem(
        `${where} is no mail server`,
        `Use ${other}, if the port speaks the other way; else correct ${SMTP_URL}.`,
      );
    socket.write('EHLO tacho.invalid\r\n');
    const offered = await reply(socket, signal);
    socket.write('QUIT\r\n');
    return judged(offered, { where, isTls, hasLogin: url.username !== '' });
  } catch (error) {
    if (!signal.aborted) throw error;
    return problem(
      `${where} accepts connections, and says nothing`,
      `Use ${other}: the port may speak the other way.`,
    );
  } finally {
    socket.destroy();
  }
}

function judged(
  offered: string,
  { where, isTls, hasLogin }: { where: string; isTls: boolean; hasLogin: boolean },
): Finding {
  if (!/^250[ -]/m.test(offered))
    return problem(`${where} refuses a greeting`, 'Let the mail server take mail from this machine.');
  const isSecure = isTls || /^250[ -]STARTTLS/im.test(offered);
  if (isSecure) return ok(`${where} takes mail${isTls ? ' over TLS' : ', and offers STARTTLS'}`);
  const found = `${where} offers no STARTTLS`;
  return hasLogin
    ? problem(
        `${found}: no password is sent to it in the clear`,
        'Use a server with TLS: smtps:// and port 465, or one that offers STARTTLS.',
      )
    : warning(
        `${found}: alerts travel in the clear`,
        'Use smtps:// and port 465, or a server that offers STARTTLS.',
      );
}

/** A whole reply, of one line or several. */
async function reply(socket: Socket, signal: AbortSignal): Promise<string> {
  let text = '';
  while (!/^\d{3} .*\r?\n$/m.test(text) && text.length < MAX_REPLY)
    text += String(await next(socket, signal));
  return text;
}

async function next(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const ended = () => reject(new Error('it closed the connection'));
  const late = () => reject(signal.reason);
  socket.once('data', resolve).once('close', ended);
  signal.addEventListener('abort', late, { once: true });
  try {
    return await promise;
  } finally {
    socket.off('data', resolve).off('close', ended);
    signal.removeEventListener('abort', late);
  }
}
