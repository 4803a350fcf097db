import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type S3Server, startS3Server } from '../../../test/support/s3-server.ts';
import { contractBaseUrl, workspaceContract } from '../../../test/support/workspace-contract.ts';
import { S3Workspace } from '../index.ts';

let server: S3Server;
const opened: S3Workspace[] = [];
beforeAll(async () => {
  server = await startS3Server();
  for (const Bucket of ['whole', 'with-prefix'])
    await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  for (const one of opened) one.close();
  await server.stop();
});

function open(bucket: string, options: object = {}): S3Workspace {
  const workspace = new S3Workspace({
    ...{ id: 1, name: `s3 ${bucket}`, bucket, baseUrl: contractBaseUrl },
    ...{ endpoint: server.endpoint, credentials: server.credentials },
    ...options,
  });
  opened.push(workspace);
  return workspace;
}

describe('a bucket', () => {
  workspaceContract(() => open('whole'));
});

describe('what lies below a prefix of a bucket', () => {
  workspaceContract(() => open('with-prefix', { prefix: '/some where/ü+/' }));
});
