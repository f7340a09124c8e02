import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type MailSettings, NotSent } from '@tacho/alerts';
import { SELF_SIGNED } from '../../../http/test/self-signed.ts';
import { type MailServer, openMailServer } from './mail-server.ts';
import { openSilence } from './receiver.ts';

const MAIL = { to: ['ops@example.com'], subject: 'Hello', text: 'text\n', html: '<p>html</p>\n' };
const TLS = { key: SELF_SIGNED.key, cert: SELF_SIGNED.cert };

const trusted = getCACertificates('default');
const open: { close(): Promise<void> }[] = [];

beforeAll(() => setDefaultCACertificates([...trusted, SELF_SIGNED.cert]));
afterAll(() => setDefaultCACertificates(trusted));
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function mailServer(...given: Parameters<typeof openMailServer>): Promise<MailServer> {
  const server = await openMailServer(...given);
  open.push(server);
  return server;
}

type Given = Partial<Omit<MailSettings, 'server'>> & Partial<MailSettings['server']>;

function settings(port: number, given: Given = {}): MailSettings {
  const { from = 'tacho <tacho@example.com>', to = ['ops@example.com'], allowPlainAuth = false } = given;
  const { host = 'localhost', isTls = false, login } = given;
  return { server: { host, port, isTls, login }, from, to, allowPlainAuth };
}

async function failureOf(sent: Promise<void>): Promise<NotSent> {
  const failure = await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(NotSent);
  return failure as NotSent;
}

const signal = new AbortController().signal;
const LOGIN = { user: 'tacho', password: 'secret' };

describe('a mailer', () => {
  it('secures the connection by STARTTLS, logs in, and hands in the mail', async () => {
    const server = await mailServer(TLS);
    await createMailer(settings(server.port, { login: LOGIN })).send({ ...MAIL, id: 'x-1' }, signal);
    expect(server.arrived).toMatchObject([
      { isSecure: true, user: 'tacho', from: 'tacho@example.com', to: ['ops@example.com'] },
    ]);
    const [{ mail } = {} as never] = server.arrived;
    expect(mail.subject).toBe('Hello');
    expect(mail.text).toBe('text\n');
    expect(mail.html).toBe('<p>html</p>\n');
    expect(mail.messageId).toBe('<x-1@example.com>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('speaks TLS from the start with smtps', async () => {
    const server = await mailServer({ ...TLS, secure: true });
    await createMailer(settings(server.port, { isTls: true, login: LOGIN })).send(MAIL, signal);
    expect(server.arrived).toMatchObject([{ isSecure: true, user: 'tacho' }]);
  });

  it.each([
    ['no login', undefined],
    ['a login', LOGIN],
  ])('with %s, says nothing to a server that has lost its STARTTLS on the way', async (_what, login) => {
    let said = false;
    const server = await mailServer({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => {
        said = true;
        done(null, { user: 'x' });
      },
      onMailFrom: (_address, _session, done) => {
        said = true;
        done();
      },
    });
    const failure = await failureOf(createMailer(settings(server.port, { login })).send(MAIL, signal));
    expect(failure).toMatchObject({ message: 'the server does not do STARTTLS', isWorthRetrying: false });
    expect(said).toBe(false);
  });

  it('hands in mail and password without TLS only where that is allowed', async () => {
    const server = await mailServer({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    });
    await createMailer(settings(server.port, { login: LOGIN, allowPlainAuth: true })).send(MAIL, signal);
    expect(server.arrived).toMatchObject([{ isSecure: false, user: 'tacho' }]);
  });

  it('never goes on without a login where it has one', async () => {
    const server = await mailServer({ ...TLS, disabledCommands: ['AUTH'] });
    const failure = await failureOf(createMailer(settings(server.port, { login: LOGIN })).send(MAIL, signal));
    expect(failure.message).toMatch(/^the server refused the (login|mail) \(5\d\d\)$/);
    expect(server.arrived).toEqual([]);
  });

  it('does not ask twice where the password is wrong, and shows neither it nor what was answered', async () => {
    const server = await mailServer(TLS);
    const login = { user: 'tacho', password: 'hunter2' };
    const failure = await failureOf(createMailer(settings(server.port, { login })).send(MAIL, signal));
    expect(failure).toMatchObject({ message: 'the server refused the login (535)', isWorthRetrying: false });
  });

  describe.each([
    ['STARTTLS', false],
    ['smtps', true],
  ])('by %s', (_name, isTls) => {
    it('refuses a certificate that nobody vouches for', async () => {
      const server = await mailServer({ ...TLS, secure: isTls });
      setDefaultCACertificates(trusted);
      try {
        const failure = await failureOf(
          createMailer(settings(server.port, { isTls, login: LOGIN })).send(MAIL, signal),
        );
        expect(failure.message).toBe(
          'the certificate of the server is not valid (DEPTH_ZERO_SELF_SIGNED_CERT)',
        );
        expect(failure.isWorthRetrying).toBe(false);
      } finally {
        setDefaultCACertificates([...trusted, SELF_SIGNED.cert]);
      }
      expect(server.arrived).toEqual([]);
    });

    it('refuses a certificate that is for another host', async () => {
      const server = await mailServer({ ...TLS, secure: isTls }, '127.0.0.2');
      const mailer = createMailer(settings(server.port, { isTls, login: LOGIN, host: '127.0.0.2' }));
      const failure = await failureOf(mailer.send(MAIL, signal));
      expect(failure.message).toBe(
        'the certificate of the server is not valid (ERR_TLS_CERT_ALTNAME_INVALID)',
      );
      expect(server.arrived).toEqual([]);
    });

    it('ends soon after it is told to, whatever the server does', async () => {
      const silence = await openSilence();
      open.push(silence);
      const ending = new AbortController();
      const sent = createMailer(settings(silence.port, { isTls })).send(MAIL, ending.signal);
      setTimeout(() => ending.abort(), 30);
      expect((await failureOf(sent)).isWorthRetrying).toBe(true);
    });
  });

  it('ends soon after it is told to in the middle of a mail', async () => {
    const ending = new AbortController();
    const server = await mailServer({ ...TLS, onRcptTo: () => ending.abort() });
    expect(
      (await failureOf(createMailer(settings(server.port)).send(MAIL, ending.signal))).isWorthRetrying,
    ).toBe(true);
  });

  it.each([
    [451, true],
    [550, false],
  ])('of a server that answers %i knows whether to come again: %s', async (responseCode, isWorthRetrying) => {
    const server = await mailServer({
      ...TLS,
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('\u001b[31mgo away'), { responseCode })),
    });
    const failure = await failureOf(createMailer(settings(server.port)).send(MAIL, signal));
    expect(failure).toMatchObject({
      isWorthRetrying,
      message: `the server refused the mail (${responseCode})`,
    });
  });

  it('does not send a second time what only some of the addresses took', async () => {
    const server = await mailServer({
      ...TLS,
      onRcptTo: ({ address }, _session, done) => (address.startsWith('b') ? done(new Error('no')) : done()),
    });
    const sent = createMailer(settings(server.port)).send(
      { ...MAIL, to: ['a@x.example', 'b@x.example'] },
      signal,
    );
    expect(await failureOf(sent)).toMatchObject({
      message: 'some of the addresses were refused',
      isWorthRetrying: false,
    });
    expect(server.arrived).toMatchObject([{ to: ['a@x.example'] }]);
  });

  it('tells a server that is not there from one that refuses', async () => {
    const server = await mailServer(TLS);
    await server.close();
    open.pop();
    const failure = await failureOf(createMailer(settings(server.port)).send(MAIL, signal));
    expect(failure).toMatchObject({
      message: 'the server cannot be reached (ECONNREFUSED)',
      isWorthRetrying: true,
    });
  });
});
