import type { JobTypePatch } from '../../../seed-schema/index.ts';
import type { JobTypeChange } from '../../jobs/index.ts';

/** What a body changes of a job type besides its revision and configuration. */
export function jobTypeChange(body: JobTypePatch): Omit<JobTypeChange, 'configuration'> {
  return {
    iconCode: body.icon_code,
    isPublished: body.is_published,
    isActive: body.is_active,
    isPaused: body.is_paused,
    maxScheduled: body.max_scheduled,
    reuse: body.reuse,
  };
}
