import { listOf } from './list-rule.ts';
import { oneOf, type Rule, refuse, textRule } from './rule.ts';

const MOST = 100;

const EITHER = oneOf('drop', 'keep');

/** By RFC 9110, 5.1; names are compared in small letters. */
const NAME = textRule('the name of a header in small letters such as "user-agent"', (text) =>
  /^[a-z0-9!#$%&'*+.^_`|~-]{1,256}$/.test(text),
);

const NAMES = listOf(NAME, MOST);

/** All of them, none, or those of these names. */
export const HEADERS: Rule<'drop' | 'keep' | readonly string[]> = {
  read(value, at) {
    if (Array.isArray(value)) return NAMES.read(value, at);
    if (EITHER.accepts(value)) return value;
    return refuse(value, `${EITHER.allowed}, or an array of at most ${MOST}, each ${NAME.allowed}`, at);
  },
};
