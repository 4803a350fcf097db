/** Version of this Seedbed, from package.json; set by the bundler. */
export const version = process.env.SEEDBED_VERSION ?? '0.0.0-source';
