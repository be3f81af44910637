/** What was counted is no result: too little, something twice, or not what the second count says. */
export class CountFailed extends Error {
  override name = 'CountFailed';
}
