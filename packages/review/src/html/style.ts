/** What stands in `style` attributes: mail programs take no other, and few properties. No text of anybody's is in it. */
export const STYLE = {
  body: 'margin:0;padding:0;background:#ffffff;color:#1c2733',
  page: 'max-width:760px;margin:0 auto;padding:24px 16px;font:14px/1.5 -apple-system,Segoe UI,Helvetica,Arial,sans-serif;color:#1c2733',
  title: 'margin:0;font-size:22px;line-height:1.3;font-weight:600',
  range: 'margin:2px 0 12px;color:#5c6b7a',
  section:
    'margin:28px 0 6px;padding-bottom:4px;border-bottom:2px solid #2f5d8a;font-size:16px;font-weight:600',
  paragraph: 'margin:6px 0',
  caption: 'margin:14px 0 2px;font-weight:600',
  table: 'border-collapse:collapse;margin:6px 0;font-size:13px',
  head: 'padding:3px 14px 3px 0;border-bottom:1px solid #b8c4d0;color:#5c6b7a;font-weight:normal;white-space:nowrap',
  cell: 'padding:3px 14px 3px 0;border-bottom:1px solid #e6ebf0;vertical-align:top',
  figure: 'text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums',
  label: 'text-align:left;white-space:nowrap',
  name: 'text-align:left;word-break:break-word;overflow-wrap:anywhere;font-family:Menlo,Consolas,monospace;font-size:12px',
  bar: 'width:140px;min-width:90px',
  foot: 'margin-top:32px;color:#5c6b7a;font-size:12px',
} as const;

export const BAR_COLOUR = '#2f5d8a';
