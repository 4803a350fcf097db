import { contextFile, filesOfContent, type ScaleFile } from '../../catalog/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { KnownFileDocument } from '../documents/known-file.ts';
import { operation } from '../operation.ts';
import { text } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { openContent } from './open-content.ts';

/** `files/known/`: asked before a file is sent that may be there already. */
export function knownFileRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/files/known',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Find a file by its content',
          description:
            'One in the service’s own workspace, whose content is there; not one that others may change.',
          role: 'viewer',
          query: {
            sha256: text('Its SHA-256, 64 hexadecimal digits; required.'),
            file_name: text('Its name; required.'),
          },
          answers: { 200: KnownFileDocument },
          handle: async ({ query: { sha256 = '', file_name: fileName = '' } }) => {
            if (!/^[0-9a-f]{64}$/.test(sha256) || fileName === '')
              throw new SeedbedError('invalid-request', {
                problem: 'sha256 must be 64 hexadecimal digits, and file_name must be given',
              });
            for (const file of await filesOfContent(db, sha256, fileName))
              if (await isThere(context, file)) return { json: { file: await contextFile(file) } };
            return { json: { file: null } };
          },
        }),
      },
    },
  ];
}

async function isThere(context: Context, file: ScaleFile): Promise<boolean> {
  try {
    await (await openContent(context, file)).close();
    return true;
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'content-unavailable') return false;
    throw thrown;
  }
}
