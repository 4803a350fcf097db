/** Pixels of a small picture, bands interleaved, of whatever kind of number. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 or 3. */
  readonly bands: number;
  readonly values: Float32Array;
  /** The number that stands for no data. */
  readonly nothing?: number | undefined;
}

/** How far from either end of all values of a band the contrast ends: a few odd pixels do not decide it. */
const tail = 0.02;

/**
 * Numbers of any range as bytes: of each band the values from the 2nd to the 98th of a hundred become 0 to 255. What is not
 * a number or no data becomes 0; where there are other values, 0 itself counts as no data.
 */
export function stretched({ bands, values, nothing }: Pixels): Buffer {
  const bytes = Buffer.alloc(values.length);
  for (let band = 0; band < bands; band++) {
    const known: number[] = [];
    for (let at = band; at < values.length; at += bands) {
      const value = values[at]!;
      if (Number.isFinite(value) && value !== nothing && value !== 0) known.push(value);
    }
    known.sort((a, b) => a - b);
    const low = known[Math.floor(known.length * tail)] ?? 0;
    const high = known[Math.ceil(known.length * (1 - tail)) - 1] ?? 0;
    const scale = high > low ? 255 / (high - low) : 0;
    for (let at = band; at < values.length; at += bands) {
      const value = values[at]!;
      if (!Number.isFinite(value) || value === nothing || value === 0) continue;
      bytes[at] = scale === 0 ? 128 : Math.max(0, Math.min(255, Math.round((value - low) * scale)));
    }
  }
  return bytes;
}
