/** Why an expression cannot be taken over from Python. */
export class Unreadable extends Error {
  /**
   * @param reason a clause, such as `a lookahead needs backtracking, which could hang`
   * @param at index of the character
   */
  constructor(
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason);
  }
}
