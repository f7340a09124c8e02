import { styleText } from 'node:util';

/** What a piece of text is to its reader; a colour is only one way to say it. */
export type Tone = 'plain' | 'heading' | 'faint' | 'good' | 'attention' | 'bad' | 'selected';

export type Paint = (tone: Tone, text: string) => string;

const FORMATS: Readonly<Record<Exclude<Tone, 'plain'>, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  faint: 'dim',
  good: 'green',
  attention: 'yellow',
  bad: ['bold', 'red'],
  selected: 'inverse',
};

export function paintWith(colour: boolean): Paint {
  if (!colour) return (_tone, text) => text;
  return (tone, text) =>
    tone === 'plain' ? text : styleText(FORMATS[tone], text, { validateStream: false });
}

/** Whether a terminal's text may be coloured: `FORCE_COLOR` before `NO_COLOR`, as in Node. */
export function mayColour({ FORCE_COLOR, NO_COLOR }: Readonly<Record<string, string | undefined>>): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === undefined || NO_COLOR === '';
}
