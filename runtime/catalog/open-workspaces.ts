import type { Config } from '../config/index.ts';
import type { Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { HostWorkspace, type LinkSigner, S3Workspace, type Workspace } from '../workspace/index.ts';
import { linkSigner } from './links.ts';
import { isMountedAt } from './nfs-mounts.ts';
import { workspaceCredentials } from './workspace-credentials.ts';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly base_url: string | null;
  readonly broker: Broker;
  /** Also changes when credentials do. */
  readonly last_modified: string;
}

/** `workspace.json_config.broker` */
interface Broker {
  readonly type: string;
  readonly host_path?: string;
  readonly nfs_path?: string;
  readonly bucket_name?: string;
  readonly prefix?: string;
  readonly endpoint_url?: string;
  readonly path_style?: boolean;
  readonly region_name?: string;
}

/**
 * Workspaces of every kind by their rows, active or not. Each is opened once and kept open until its row says something
 * else. Credentials are in the secrets store; links to files of host directories are signed with the secret key.
 */
export class Workspaces {
  readonly #db: Queries;
  readonly #config: Config;
  readonly #signer: LinkSigner;
  readonly #open = new Map<
    number,
    { readonly row: string; readonly workspace: Promise<Workspace | undefined> }
  >();

  constructor(db: Queries, config: Config) {
    this.#db = db;
    this.#config = config;
    this.#signer = linkSigner(config);
  }

  /**
   * @returns undefined when there is none, or none of a kind that this version knows
   * @throws workspace-unreachable when it is an NFS path that is not mounted; secret-key-changed, secret-damaged
   */
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
      `select id, name, base_url, json_config -> 'broker' as broker, last_modified from workspace where ${condition}`,
      [value],
    );
    if (!row) return undefined;
    await this.#mounted(row);
    const text = JSON.stringify(row);
    const known = this.#open.get(row.id);
    if (known?.row === text) return known.workspace;
    if (known) closeLater(known.workspace);
    const workspace = this.#make(row);
    this.#open.set(row.id, { row: text, workspace });
    // What failed is tried again by whoever asks next.
    workspace.catch(() => this.#open.delete(row.id));
    return workspace;
  }

  async #make(row: Row): Promise<Workspace | undefined> {
    const { id, name, base_url: baseUrl, broker } = row;
    if (broker.type === 'host' && broker.host_path !== undefined)
      return new HostWorkspace({ id, name, root: broker.host_path, baseUrl, signer: this.#signer });
    if (broker.type === 'nfs' && broker.host_path !== undefined)
      return new HostWorkspace({
        id,
        name,
        kind: 'nfs',
        root: broker.host_path,
        baseUrl,
        signer: this.#signer,
      });
    if (broker.type === 's3' && broker.bucket_name !== undefined)
      return new S3Workspace({
        ...{ id, name, baseUrl, bucket: broker.bucket_name, prefix: broker.prefix },
        ...{ endpoint: broker.endpoint_url, pathStyle: broker.path_style, region: broker.region_name },
        credentials: await workspaceCredentials(this.#db, this.#config, id),
      });
    return undefined;
  }

  /** Nothing is read or written where the disk is not mounted: the empty directory below it is another one. */
  async #mounted(row: Row): Promise<void> {
    const { name, broker } = row;
    if (broker.type !== 'nfs' || broker.nfs_path === undefined || broker.host_path === undefined) return;
    if (await isMountedAt(broker.nfs_path, broker.host_path)) return;
    const reason = `${broker.nfs_path} is not mounted there`;
    throw new SeedbedError('workspace-unreachable', { workspace: name, where: broker.host_path, reason });
  }
}

/** Also of one that is only being opened. */
function closeLater(workspace: Promise<Workspace | undefined>): void {
  void workspace.then((opened) => opened?.close()).catch(() => undefined);
}
