/** The part of a component that its script works on. @throws {Error} when the markup no longer has it */
export function part<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`Cannot find '${selector}' in a component`);
  return found;
}
