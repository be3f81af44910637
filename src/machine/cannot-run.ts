/**
 * Something this machine does not have or does not allow, found out by doing it once. It is an answer, not a fault:
 * a lab reports it as *cannot run here* and goes on with the rest. The English stands in src/model/words/needs.ts.
 */
export class CannotRunHere extends Error {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;

  /** @param code of src/model/words/needs.ts @param args what the sentence names: the call, the feature, the errno */
  constructor(code: string, args: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(`Cannot run here: ${code} ${JSON.stringify(args)}`, options);
    this.name = 'CannotRunHere';
    this.code = code;
    this.args = args;
  }
}
