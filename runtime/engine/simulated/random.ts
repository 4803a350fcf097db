/**
 * Numbers from 0 to below 1 that follow from whole numbers alone, without any state between calls.
 * @param words what they are drawn for; the same words give the same numbers
 */
export function randomOf(...words: readonly number[]): () => number {
  let state = 0x9e3779b9;
  for (const word of words) state = mix(state ^ mix(word >>> 0) ^ mix(Math.floor(word / 2 ** 32) + 1));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 2 ** 32;
  };
}

/** The finalizer of MurmurHash3: each bit of the input changes half of the output's. */
function mix(word: number): number {
  let hash = word ^ (word >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
