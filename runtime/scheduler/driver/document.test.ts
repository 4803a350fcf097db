import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import { executionFacts } from '../../jobs/index.ts';
import { documentOf } from './document.ts';

let world: RecipeWorld;
withDatabase((db, workspace) => (world = new RecipeWorld(db, workspace)));

describe('the context document of a job', () => {
  it('has what its recipe was given, as the catalogue has it now, beside its own input', async () => {
    const type = await world.job({ inputs: { json: [{ name: 'M', type: 'integer' }] } });
    const { revisionId } = await world.recipeType({
      input: {
        files: [{ name: 'F', media_types: [], required: true, multiple: true }],
        json: [{ name: 'N', type: 'integer', required: true }],
      },
      nodes: { a: node(type, { M: given('N') }) },
    });
    const files = await world.files(2, 'scene.tif');
    const recipe = await world.submit(revisionId, { files: { F: files }, json: { N: 5 } });
    await world.db.query(`update scale_file set meta_data = '{"cloud": 3}' where id = $1`, [files[0]]);
    const [job] = await world.queued(recipe);
    const execution = await world.claim(job!.id);
    const facts = (await executionFacts(world.db, execution, []))!;
    const document = await documentOf(world.db, facts, new Map());
    expect(document).toEqual({
      RECIPE: {
        F: [
          expect.objectContaining({ id: files[0], file_name: 'scene.tif', meta_data: { cloud: 3 } }),
          expect.objectContaining({ id: files[1] }),
        ],
        N: 5,
      },
    });
  });
});
