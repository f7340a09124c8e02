/** Where the demo can be looked at. */
export interface Demo {
  serviceUrl: string;
  adminUrl: string;
  /** As it is to be pasted into a shell: the token, or the variable that holds it. */
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
  const asked = REPORTS.map(
    (report) => `  curl -s -H "Authorization: Bearer ${token}" '${adminUrl}/api/performance/${report}'`,
  );
  return `
The service     ${serviceUrl}   (about 30 requests a second reach it from here)
The admin API   ${adminUrl}
The token       ${token}

Ask it:

${asked.join('\n')}

Watch it, from this directory:

  TACHO_ADMIN_TOKEN="${token}" npx tacho monitor --url ${adminUrl} --interval 5

Ctrl-C ends all of it.
`;
}
