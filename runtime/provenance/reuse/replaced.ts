/** Whether another file has the place of a row of `scale_file` by now: a condition of SQL. */
export const replaced = (file: string) => `exists (
  select from scale_file now_there where now_there.workspace_id = ${file}.workspace_id
    and md5(now_there.file_path) = md5(${file}.file_path) and now_there.file_path = ${file}.file_path
    and now_there.id <> ${file}.id and not now_there.is_superseded and not now_there.is_deleted)`;
