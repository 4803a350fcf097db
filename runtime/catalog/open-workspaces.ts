import type { Config } from '../config/index.ts';
import type { Queries } from '../database/index.ts';
import { HostWorkspace, type LinkSigner, type Workspace } from '../workspace/index.ts';
import { linkSigner } from './links.ts';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly base_url: string | null;
  readonly broker: Broker;
}

/** `workspace.json_config.broker` */
interface Broker {
  readonly type: string;
  readonly host_path?: string;
}

/**
 * Workspaces of every kind by their rows, active or not. Each is opened once and kept open until its row says something
 * else. Credentials are in the secrets store; links to files of host directories are signed with the secret key.
 */
export class Workspaces {
  readonly #db: Queries;
  readonly #signer: LinkSigner;
  readonly #open = new Map<
    number,
    { readonly row: string; readonly workspace: Promise<Workspace | undefined> }
  >();

  constructor(db: Queries, config: Config) {
    this.#db = db;
    this.#signer = linkSigner(config);
  }

  /** @returns undefined when there is none, or none of a kind that this version knows */
  byId(id: number): Promise<Workspace | undefined> {
    return this.#find('id = $1', id);
  }

  byName(name: string): Promise<Workspace | undefined> {
    return this.#find('project_id = 1 and name = $1', name);
  }

  close(): void {
    for (const { workspace } of this.#open.values()) closeLater(workspace);
    this.#open.clear();
  }

  async #find(condition: string, value: number | string): Promise<Workspace | undefined> {
    const [row] = await this.#db.query<Row>(
      `select id, name, base_url, json_config -> 'broker' as broker from workspace where ${condition}`,
      [value],
    );
    if (!row) return undefined;
    const text = JSON.stringify(row);
    const known = this.#open.get(row.id);
    if (known?.row === text) return known.workspace;
    if (known) closeLater(known.workspace);
    const workspace = this.#make(row);
    this.#open.set(row.id, { row: text, workspace });
    return workspace;
  }

  async #make({ id, name, base_url: baseUrl, broker }: Row): Promise<Workspace | undefined> {
    if (broker.type === 'host' && broker.host_path !== undefined)
      return new HostWorkspace({ id, name, root: broker.host_path, baseUrl, signer: this.#signer });
    return undefined;
  }
}

/** Also of one that is only being opened. */
function closeLater(workspace: Promise<Workspace | undefined>): void {
  void workspace.then((opened) => opened?.close()).catch(() => undefined);
}
