import type { ValidateFunction } from 'ajv';

/**
 * Functions by the `$id` of the schema that they judge by. Empty where the sources run as they are; the bundler puts those
 * of `scripts/setup/precompiled.mjs` in the place of this file, because a start spent 30 ms on making them anew.
 */
export const precompiled: Readonly<Record<string, ValidateFunction>> = {};
