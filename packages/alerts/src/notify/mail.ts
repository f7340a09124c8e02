import { createMailer, type MailSettings } from './mailer.ts';
import { mailHtml } from './message/mail-html.ts';
import { mailText } from './message/mail-text.ts';
import { titleOf, told } from './message/told.ts';
import type { Notifier } from './notifier.ts';

/** Servers that make senders wait before they greet take their time. */
const LIMIT_MS = 45_000;

/** One mail to all addresses for each message. */
export function mailNotifier(settings: MailSettings): Notifier {
  const mailer = createMailer(settings);
  const [first = '?', ...others] = settings.to;
  return {
    name: `mail to ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`,
    limitMs: LIMIT_MS,
    async send(message, signal) {
      const words = told(message);
      await mailer.send(
        {
          to: settings.to,
          subject: titleOf(words),
          text: mailText(words),
          html: mailHtml(words),
          id: message.id,
        },
        signal,
      );
    },
  };
}
