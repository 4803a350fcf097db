/** Why a whole strike or scan cannot go on at present; its files wait. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
