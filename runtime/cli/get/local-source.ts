import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type FileFilter, filesById, type ScaleFile, searchFiles, Workspaces } from '../../catalog/index.ts';
import { checksumOf } from '../../client/index.ts';
import type { Config } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { isLocal, linkOrCopy } from '../../workspace/index.ts';
import { draftName, linkName, removeDrafts, resumeCopy, sizeOfDraft } from './resume-copy.ts';
import type { Fetched, FileSource } from './source.ts';

/** Files of the catalogue of this machine, from the workspaces in which they are. @param isLinked hard links in place of copies */
export async function localSource(
  config: Config,
  filter: FileFilter,
  isLinked: boolean,
): Promise<FileSource> {
  const db = await connect(config);
  const workspaces = new Workspaces(db, config);
  const rows = new Map<number, ScaleFile>();

  const fetch: FileSource['fetch'] = async (wanted, directory, signal, onBytes): Promise<Fetched> => {
    const row = rows.get(wanted.id)!;
    const refuse = (reason: string) => new SeedbedError('content-unavailable', { file: row.id, reason });
    if (row.is_deleted) throw refuse('it was deleted');
    const workspace = await workspaces.byId(row.workspace.id);
    if (!workspace) throw refuse(`the workspace ${row.workspace.name} cannot be opened from here`);
    let draft: string | undefined;
    try {
      const entry = await workspace.stat(row.file_path);
      if (!entry) throw refuse('it is not there any more');
      const isKnown = row.file_stat === null || row.file_stat === entry.version;
      const isIt = (sha256: string) =>
        row.sha256 === null ? isKnown && entry.size === row.file_size : row.sha256 === sha256;
      const links = isLinked && isLocal(workspace);
      const name = links ? linkName(row.id) : draftName(row.id, entry);
      await removeDrafts(directory, row.id, name);
      draft = path.join(directory, name);
      let sha256: string;
      if (links) {
        await rm(draft, { force: true });
        await linkOrCopy(workspace.hostPath(row.file_path), draft);
        sha256 = await checksumOf(draft);
        onBytes(entry.size);
      } else {
        // Without a checksum nothing would tell that what was left is damaged.
        const start = row.sha256 === null ? 0 : await sizeOfDraft(draft, entry.size);
        sha256 = await resumeCopy(workspace, entry, { draft, start }, signal, onBytes);
        if (start > 0 && !isIt(sha256)) {
          onBytes(-entry.size);
          sha256 = await resumeCopy(workspace, entry, { draft, start: 0 }, signal, onBytes);
        }
      }
      if (!isIt(sha256)) throw refuse('another file stands in its place now');
      return { path: draft, sha256 };
    } catch (thrown) {
      if (draft !== undefined && !signal.aborted) await rm(draft, { force: true });
      if (isErrno(thrown, 'ENOENT', 'EACCES', 'EPERM')) throw refuse(reasonOf(thrown));
      throw thrown;
    }
  };

  return {
    where: 'the catalogue of this machine',
    list: async (ids, limit) => {
      const found = ids.length > 0 ? await filesById(db, ids) : [];
      for (let before: number | undefined; ids.length === 0 && found.length < limit;) {
        const page = await searchFiles(db, filter, Math.min(1000, limit - found.length), before);
        found.push(...page.files);
        if (page.next === null) break;
        before = page.next;
      }
      for (const row of found) rows.set(row.id, row);
      for (const id of ids) if (!rows.has(id)) throw new SeedbedError('not-found', { what: `file ${id}` });
      return found;
    },
    checksum: async (id) => rows.get(id)?.sha256 ?? null,
    fetch,
    close: async () => {
      workspaces.close();
      await db.close();
    },
  };
}
