/** One request over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The text of a request of HTTP/1.1. Pure. @throws TypeError for a header that would be another */
export function requestText({ method, url, headers = {}, body }: Exchange): string {
  let text = `${method} ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: seedbed\r\n`;
  for (const name in headers) text += `${name}: ${inLine(headers[name]!)}\r\n`;
  if (body === undefined) return `${text}\r\n`;
  return `${text}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function inLine(value: string): string {
  if (/[^\t\x20-\x7e]/.test(value))
    throw new TypeError('a header of a request has a character that it cannot have');
  return value;
}
