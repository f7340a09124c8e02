/** Who sends mail to whom, and by which server. */
export interface MailOptions {
  /**
   * The server: `smtps://user:password@host:465`, or `smtp://user:password@host:587`, which becomes secure by STARTTLS
   * before anything is said. User and password are percent-encoded. Environment: `TACHO_SMTP_URL`.
   */
  readonly smtp: string;
  /** An address, perhaps with a name: `tacho <tacho@example.com>`. Environment: `TACHO_MAIL_FROM`. */
  readonly from: string;
  /** An address, or at most 50. Environment: `TACHO_MAIL_TO`, separated by commas. */
  readonly to: string | readonly string[];
  /**
   * Whether a server that does not do STARTTLS gets mail, user and password all the same, so that whoever is on the way
   * reads them. Default `false`.
   */
  readonly allowPlainAuth?: boolean | undefined;
}
