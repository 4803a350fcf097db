import type { LocatedFinding } from '../../client/index.ts';
import type { RecipeFile } from '../recipe-file/read-recipe-file.ts';
import { oneLine } from '../table.ts';

/** Every error, then every warning, each with its line in the file. Pure. */
export function problemsText(
  recipe: Pick<RecipeFile, 'atLine'>,
  errors: readonly LocatedFinding[],
  warnings: readonly LocatedFinding[],
): string {
  const lines = (kind: string, findings: readonly LocatedFinding[]) =>
    findings.map(({ name, description, path = '' }) => {
      const where = `${kind} ${name}: `;
      return `${where}${oneLine(recipe.atLine(path, description))}\n`;
    });
  return [...lines('error', errors), ...lines('warning', warnings)].join('');
}
