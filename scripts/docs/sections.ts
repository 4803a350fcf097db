import { doctorSchema } from '../../seed-schema/doctor.ts';
import { filesPageSchema } from '../../seed-schema/files-page.ts';
import { fileSchema } from '../../seed-schema/file.ts';
import { planSchema } from '../../seed-schema/plan.ts';
import { resultSchema } from '../../seed-schema/result.ts';
import { validationSchema } from '../../seed-schema/validation.ts';
import { outcomes } from '../../runtime/errors/outcomes.ts';
import { rejections } from '../../runtime/errors/rejections.ts';
import { systemErrors } from '../../runtime/errors/system.ts';
import { errorIndex, errorEntries } from './errors.ts';
import { membersTable } from './members.ts';
import { limitsTable, settingsTable } from './settings.ts';

/** Every generated section of the pages in docs/, by the name that its markers carry. */
export const sections: Readonly<Record<string, () => string>> = {
  'error-index': errorIndex,
  rejections: () => errorEntries(rejections),
  outcomes: () => errorEntries(outcomes),
  'system-errors': () => errorEntries(systemErrors),
  settings: settingsTable,
  limits: limitsTable,
  'result-members': () => membersTable(resultSchema),
  'file-members': () => membersTable(fileSchema),
  'plan-members': () => membersTable(planSchema),
  'files-page-members': () => membersTable(filesPageSchema),
  'validation-members': () => membersTable(validationSchema),
  'doctor-members': () => membersTable(doctorSchema),
};
