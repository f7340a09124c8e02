/** An address that takes messages as JSON. */
export interface WebhookOptions {
  /**
   * https, on port 443, or from 1024 on where no database or the like is: at most 2,048 characters without user and
   * password. It may be a secret, and is never shown. Environment: `TACHO_WEBHOOK_URL`.
   */
  readonly url: string;
  /**
   * Signs each message by Standard Webhooks: `whsec_` and the base64 of 24 to 64 random bytes. Environment:
   * `TACHO_WEBHOOK_SECRET`. Default: none is signed.
   */
  readonly secret?: string | undefined;
  /** Opens private networks, this host, and http. Default `false`. */
  readonly allowPrivate?: boolean | undefined;
  /** What the body is: what Slack takes, and Mattermost and others with it; or JSON for programs. Default `slack`. */
  readonly format?: 'slack' | 'json' | undefined;
}
