import { contractBaseUrl, workspaceContract } from '../../test/support/workspace-contract.ts';
import { MemoryWorkspace } from './index.ts';

workspaceContract(
  () =>
    new MemoryWorkspace({
      id: 1,
      name: 'memory',
      baseUrl: contractBaseUrl,
      signer: { sign: async (workspace, path) => `${workspace} ${path}` },
    }),
);
