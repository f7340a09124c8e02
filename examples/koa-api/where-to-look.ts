/** Where the demo can be looked at, and what opens it. */
export interface Demo {
  serviceUrl: string;
  adminUrl: string;
  token: string;
}

const REPORTS = [
  'summary',
  'endpoints',
  'endpoints/POST%20/api/auth/login',
  'slow-requests?limit=20',
  'system-metrics?hours=24',
];

/** What the demo prints: its addresses, and commands that can be pasted as they are. */
export function whereToLook({ serviceUrl, adminUrl, token }: Demo): string {
  const bearer = quoted(`Authorization: Bearer ${token}`);
  const questions = REPORTS.map(
    (report) => `  curl -s -H ${bearer} ${quoted(`${adminUrl}/api/performance/${report}`)}`,
  );
  return `
The service     ${serviceUrl}   (about 30 requests a second reach it from here)
The admin API   ${adminUrl}
The token       ${token}

Ask it:

${questions.join('\n')}

Watch it, from the repository's root:

  TACHO_ADMIN_TOKEN=${quoted(token)} npx tacho monitor --url ${adminUrl} --interval 5

Ctrl-C ends all of it.
`;
}

/** For a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
