/** Where a job finds its files, as on Scale. */
export const inputRoot = '/scale/input_data';
export const outputRoot = '/scale/output_data';
export const contextPath = `${inputRoot}/scale-input-metadata.json`;

/** JSON outputs, at the top of OUTPUT_DIR (the standard, "JSON outputs"). */
export const outputsManifest = 'seed.outputs.json';

/** What is appended to a file's name to name its sidecar (the standard, "Metadata"). */
export const sidecarSuffix = '.metadata.json';
