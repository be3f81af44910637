/** A page that is followed step by step in a terminal: its commands, and what it says that they print. */

export interface Step {
  readonly line: string;
  /** True for what stays running in the clone until the page ends it; false for what a second terminal runs. */
  readonly stays: boolean;
  /** What the page shows right below it; null where it shows nothing. */
  readonly shows: string | null;
  /** What the page shows of a server once it was ended, in a block that follows no command. */
  readonly showsAtEnd: string | null;
}

/** Commands (`<Command line="…" />`) and blocks of output, in the order in which they stand on the page. */
export function stepsOf(body: string): Step[] {
  const steps: Step[] = [];
  const parts = body.matchAll(/<Command ([^\n]*)\/>(?:\s*\n```\n([\s\S]*?)\n```)?|^```\n([\s\S]*?)\n```/gm);
  for (const [, attributes, shows = null, alone] of parts) {
    if (attributes !== undefined) {
      const line = /\bline="([^"]*)"/.exec(attributes)?.[1];
      if (line === undefined) throw new Error(`Cannot read the command of <Command ${attributes}/>`);
      steps.push({ line, stays: !attributes.includes('where='), shows, showsAtEnd: null });
      continue;
    }
    const server = steps.findLastIndex(({ stays }) => stays);
    if (server < 0) throw new Error(`Cannot tell what prints '${alone}': no command stands before it`);
    steps[server] = { ...steps[server]!, showsAtEnd: alone! };
  }
  return steps;
}

/** Whether the words are the same; numbers may differ, which say how much there was on that day, and so may line breaks. */
export function saysTheSame(printed: string, shown: string): boolean {
  const words = (text: string) =>
    text
      .replace(/\d[\d.,]*/g, '#')
      .replace(/\s+/g, ' ')
      .trim();
  return words(printed).includes(words(shown));
}
