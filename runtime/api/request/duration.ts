const form =
  /^P(?=.)(?:(\d{1,9})W|(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?)$/;

/**
 * A duration of ISO 8601 in milliseconds: weeks, or days, hours, minutes and seconds. Years and months have no length of
 * their own, so that they are none.
 */
export function durationMs(text: string): number | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1, 6).map((part) => Number(part ?? 0)) as Five;
  const fraction = Number(`0.${match[6] ?? 0}`);
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds + fraction) * 1000;
}

type Five = [number, number, number, number, number];
