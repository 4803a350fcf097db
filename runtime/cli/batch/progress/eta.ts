/**
 * How long the rest takes if it goes on as it went in this process. Pure.
 * @param ended rows that ended in this process @param elapsed milliseconds since it began
 * @returns milliseconds; undefined as long as nothing is known
 */
export function timeLeft(ended: number, left: number, elapsed: number): number | undefined {
  return ended === 0 ? undefined : (elapsed / ended) * left;
}

/** `4 s`, `12 min`, `3 h 20 min`, `2 d 4 h`: as exact as a guess is. Pure. */
export function roughly(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return joined(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function joined(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}
