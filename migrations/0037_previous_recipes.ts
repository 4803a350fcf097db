import type { Migration } from './migration.ts';

/** As of jobs. The recipes of a chain of batches are read batch by batch, in the order of their ids. */
export const previousRecipes: Migration = {
  name: '0037_previous_recipes',
  async up(knex) {
    await knex.raw(`
      alter table recipe add column previous_recipe_id bigint references recipe on delete set null;
      comment on column recipe.previous_recipe_id is
        'The recipe of a batch before whose inputs this one has, where nothing was to be superseded.';
      create unique index recipe_previous on recipe (previous_recipe_id) where previous_recipe_id is not null;
      create index recipe_of_batch on recipe (batch_id, id) where batch_id is not null and recipe_id is null;
    `);
  },
};
