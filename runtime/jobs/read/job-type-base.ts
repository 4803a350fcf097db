/** A job type as it stands in other documents. */
export interface JobTypeBase {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly icon_code: string | null;
  readonly is_active: boolean;
  readonly is_paused: boolean;
  readonly is_published: boolean;
  readonly is_system: boolean;
  /** Null here: the queue knows it, not the type. */
  readonly unmet_resources: string | null;
}

/** A `JobTypeBase` over `job_type t`. */
export const jobTypeBase = `json_build_object('id', t.id, 'name', t.name, 'version', t.version, 'title', t.title,
  'description', t.description, 'icon_code', t.icon_code, 'is_active', t.is_active, 'is_paused', t.is_paused,
  'is_published', t.is_published, 'is_system', t.is_system, 'unmet_resources', null)`;
