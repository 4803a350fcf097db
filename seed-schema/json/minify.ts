import { endOfString } from './depth.ts';

/** JSON text without the white space between its tokens. Numbers, escapes and the members' order stay as the author wrote them. */
export function minify(text: string): string {
  const pieces: string[] = [];
  let i = 0;
  while (i < text.length) {
    if (text[i] === '"') {
      const end = endOfString(text, i) + 1;
      pieces.push(text.slice(i, end));
      i = end;
      continue;
    }
    const quote = text.indexOf('"', i);
    const end = quote === -1 ? text.length : quote;
    pieces.push(text.slice(i, end).replace(/[ \t\r\n]+/g, ''));
    i = end;
  }
  return pieces.join('');
}
