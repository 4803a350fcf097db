import type Docker from 'dockerode';

interface Request {
  readonly isStream?: boolean;
  readonly hijack?: boolean;
  readonly openStdin?: boolean;
}

type Callback = (failure: unknown, answer?: unknown) => void;

interface Modem {
  dial(request: Request, callback: Callback): void;
}

/**
 * Makes the library notice a connection that breaks within an answer: it waits for the end of the body alone, so that a
 * `wait`, whose headers come at once and whose body comes with the exit, would hang for ever when the engine goes away.
 */
export function withWholeAnswers(docker: Docker): Docker {
  const modem = docker.modem as Modem;
  const dial = modem.dial.bind(modem);
  modem.dial = (request, callback) => {
    if (request.isStream || request.hijack || request.openStdin) return dial(request, callback);
    dial({ ...request, isStream: true }, (failure, answer) => {
      if (failure) callback(failure);
      else
        wholeAnswer(answer as AsyncIterable<Buffer>).then(
          (body) => callback(null, body),
          (thrown: unknown) => callback(thrown),
        );
    });
  };
  return docker;
}

/** JSON where it is JSON, otherwise the bytes. */
async function wholeAnswer(answer: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return body;
  }
}
