/** How text is laid out on this terminal: width, colour, characters. */
import type { ReportOptions } from './report/index.ts';

const WIDTH_WITHOUT_TERMINAL = 100;

/** Honours NO_COLOR, FORCE_COLOR, TERM=dumb, the terminal's width and a locale that is not UTF-8. */
export function reportOptions(verbose: boolean, stream: NodeJS.WriteStream = process.stdout): ReportOptions {
  const { NO_COLOR, FORCE_COLOR, TERM, LC_ALL, LC_CTYPE, LANG } = process.env;
  const colour = FORCE_COLOR ? FORCE_COLOR !== '0' : stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
  const locale = LC_ALL || LC_CTYPE || LANG;
  return {
    verbose,
    colour,
    width: stream.columns || WIDTH_WITHOUT_TERMINAL,
    unicode: !locale || /utf-?8/i.test(locale) || !['C', 'POSIX'].includes(locale),
  };
}
