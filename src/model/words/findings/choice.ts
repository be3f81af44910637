/** Choices: what was chosen, by what, and what was counted of it here. */
import type { AnswerCode } from '../../finding.ts';
import { quantityText } from './quantity.ts';
import { type Args, type Sayings, where } from './sentence.ts';

export const ofChoice: Sayings<Extract<AnswerCode, `choice-${string}`>> = {
  'choice-unknown': {
    name: 'a technique or a quantity that is not asked for',
    say: (args) => ({
      seen: `${where(args)}expected a technique (${args.techniques}) and a quantity (${args.quantities}), and found ${args.answered}.`,
      look: "The starter says above each situation what there is to choose from: { technique: '…', because: '…' }.",
    }),
  },
  'choice-not-best': {
    name: 'a choice that the count does not bear out',
    say: (args) => ({
      seen: `${where(args)}you chose ${args.technique} because of ${quantity(args)}. Counted here: ${both(args)}, so that does not speak for it.`,
      look: 'Either another technique, or another quantity: what would go wrong in this situation, and what would you count to see it?',
    }),
  },
  'choice-beside': {
    name: 'a reason that is beside the point',
    say: (args) => ({
      seen: `${where(args)}you chose ${args.technique} because of ${quantity(args)}. Counted here: ${both(args)}. That is so, and this situation turns on something else.`,
      look: 'Read once more what must not happen in this situation, and choose the quantity in which that would be seen.',
    }),
  },
};

function both({ technique, quantity: what, counted, other, otherCounted }: Args): string {
  const one = (count: string | number | undefined) => quantityText(String(what), count);
  return `${technique} with ${one(counted)}, ${other} with ${one(otherCounted)}`;
}

function quantity(args: Args): string {
  return `'${args.quantity}'`;
}
