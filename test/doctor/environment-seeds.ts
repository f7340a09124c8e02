import { git, open, put } from './places.ts';
import { type Seed, variablesSeed } from './seed.ts';

const NEW_TOKEN = /openssl rand -base64 24/;
export const SECRET = 'xK29-Lm0q-Pp81-Zz73-aa';

/** What is wrong with variables, and with files of them. */
export const ENVIRONMENT_SEEDS: readonly Seed[] = [
  variablesSeed('a variable with a slip in its name', { TACHO_RETENSION_DAYS: '7' }, [
    'variables',
    'problem',
    /^Rename TACHO_RETENSION_DAYS to TACHO_RETENTION_DAYS\.$/,
  ]),
  variablesSeed('a value that is not taken', { TACHO_MAX_STORE_BYTES: '2GB' }, [
    'variables',
    'problem',
    /^Set TACHO_MAX_STORE_BYTES to something allowed/,
  ]),
  variablesSeed('tacho is switched off', { OTEL_SDK_DISABLED: 'true' }, [
    'disabled',
    'problem',
    /^Remove OTEL_SDK_DISABLED, and restart/,
  ]),
  variablesSeed('a token that everybody tries', { TACHO_VIEWER_TOKEN: 'changeme123' }, [
    'tokens',
    'problem',
    NEW_TOKEN,
  ]),
  variablesSeed('a long token of few characters', { TACHO_VIEWER_TOKEN: 'abababababababababababab' }, [
    'tokens',
    'problem',
    NEW_TOKEN,
  ]),
  variablesSeed('an admin port that is open to others', { TACHO_ADMIN_HOST: '0.0.0.0' }, [
    'exposure',
    'warning',
    /Leave TACHO_ADMIN_HOST .* at 127\.0\.0\.1, or put a proxy with TLS/,
  ]),
  variablesSeed(
    'mail to nobody',
    { TACHO_SMTP_URL: 'smtps://mail.example.com', TACHO_MAIL_FROM: 'a@example.com' },
    ['variables', 'problem', /^Set TACHO_MAIL_TO to something allowed/],
  ),
  {
    name: 'a committed .env',
    id: 'env-files',
    status: 'problem',
    remedy: /^git rm --cached \.env, add it to \.gitignore, and replace the secret/,
    async plant({ folder }) {
      await put(folder, { '.env': `PORT=3000\nTACHO_ADMIN_TOKEN=${SECRET}\n` });
      git(folder, 'init', '-q');
      git(folder, 'add', '.env');
      return {};
    },
  },
  {
    name: 'an .env that others may read',
    id: 'env-files',
    status: 'warning',
    remedy: /^chmod 600 \.env$/,
    async plant({ folder }) {
      await put(folder, { '.env': `export TACHO_ENCRYPTION_KEY = ${SECRET}\n` });
      await open(folder, '.env');
      return {};
    },
  },
];
