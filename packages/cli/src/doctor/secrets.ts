import type { Environment } from '../environment.ts';

/** Variables with something in them that nobody is to see. */
const SECRET = /TOKEN|SECRET|PASSWORD|_KEY$|SMTP_URL|WEBHOOK_URL|OTLP_.*HEADERS/;

/** What is shorter is a word of its own: `admin` stands in many a sentence. */
const LEAST_LENGTH = 8;

/** A mail server's address is none; who logs in there is. */
const ADDRESS = /SMTP_URL$/;

const USER_INFO = /(?<=:\/\/)[^\s/@]+@/g;

/**
 * The last guard before anything is printed: takes whatever is secret in the environment out of a text, and the user
 * and password out of each URL in it. No check shows any of it to begin with.
 */
export function withoutSecrets({ variables }: Pick<Environment, 'variables'>): (text: string) => string {
  const secrets = Object.entries(variables)
    .filter(([name]) => SECRET.test(name))
    .flatMap(([name, value = '']) => secretsIn(name, value))
    .map((value) => value.trim())
    .filter((value) => value.length >= LEAST_LENGTH)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text).replaceAll(USER_INFO, '…@');
}

function secretsIn(name: string, value: string): string[] {
  if (!ADDRESS.test(name)) return [value, ...value.split(',')];
  const [, userInfo = ''] = /:\/\/([^\s/]*)@/.exec(value) ?? [];
  const [user = '', password = ''] = userInfo.split(':');
  return [user, password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
