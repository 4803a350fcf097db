/** A dataset, as far as the commands look at it. Times are ISO 8601 in UTC. */
export interface DatasetRow {
  readonly id: number;
  readonly title: string | null;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly member_count: number;
  readonly files: number;
  readonly created: string;
}

/** Members that were, or would be, added: one by one, or how many; nothing found: no count. */
export type AddedMembers = readonly unknown[] | { readonly count?: number };

/** What is begun at set times. */
export interface ScheduleRow {
  readonly id: number;
  readonly name: string;
  readonly cron: string;
  readonly timezone: string;
  readonly missed: string;
  readonly target: Readonly<Record<string, unknown>>;
  readonly is_paused: boolean;
  readonly next: readonly string[];
}

/** What became of a due time. */
export interface ScheduleRun {
  readonly due: string;
  readonly state: string;
  readonly begun: Readonly<Record<string, { readonly id: number }>> | null;
  readonly problem: string | null;
}
