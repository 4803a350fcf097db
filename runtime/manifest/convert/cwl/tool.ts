import type { Interface, Job, Manifest } from '../../manifest.ts';
import { containerPaths, environmentName, platformVariables } from '../../names.ts';
import type { Converted } from '../upgrade.ts';
import { commandData, inspectedVariables } from './command.ts';
import { commandLibrary } from './command-library.ts';
import { docOf, exitCodes } from './doc.ts';
import { literal } from './expression.ts';
import { type Ids, idsOf } from './ids.ts';
import { imageVariables } from './image-variables.ts';
import { cwlInputs } from './inputs.ts';
import { library } from './library.ts';
import { cwlNotes } from './notes.ts';
import { cwlOutputs } from './outputs.ts';
import { patternLibrary } from './pattern-library.ts';
import { type ResourceData, resourceData, type ResourceDefaults, resourceRequirement } from './resources.ts';

export interface CwlRequest extends ResourceDefaults {
  readonly manifest: Manifest;
  /** Reference of the image. */
  readonly image: string;
  /** The image's own variables; undefined: not known. */
  readonly imageEnvironment: Readonly<Record<string, string>> | undefined;
  /** Inputs and settings that the author's manifest has and this one has not: their variables are unset. */
  readonly leftOut?: readonly string[];
  /** What messages call the manifest. */
  readonly where: string;
}

/** A CommandLineTool as JSON, which is YAML too. */
export type CwlTool = Readonly<Record<string, unknown>>;

/**
 * A manifest as a CommandLineTool of CWL v1.2. It finds its inputs and leaves its outputs where Seedbed has them, in the
 * environment and with the arguments that Seedbed gives it.
 * @throws invalid-command, not-convertible
 */
export function convertToCwl(request: CwlRequest): Converted<CwlTool> {
  const { manifest, image, where } = request;
  const { job } = manifest;
  const ids = idsOf(job.interface);
  const resources = resourceData(job.resources.scalar, request);
  const { command } = job.interface;
  const shown = new Set(command === undefined ? [] : inspectedVariables(command));
  const secrets = job.interface.settings.filter(({ secret }) => secret);
  const hidden = secrets.filter(({ name }) => !shown.has(name) && !shown.has(environmentName(name)));
  const result = {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    ...(hidden.length > 0 && { $namespaces: { cwltool: 'http://commonwl.org/cwltool#' } }),
    label: job.title,
    doc: docOf(job),
    requirements: [
      {
        class: 'DockerRequirement',
        dockerPull: image,
        dockerImageId: image,
        dockerOutputDirectory: containerPaths.outputs,
      },
      {
        class: 'InlineJavascriptRequirement',
        expressionLib: [
          `var seedJob = ${literal(jobData(job, ids, resources, imageVariables(request, resources)))};`,
          // cwltool judges each entry by those before it, so the functions that call each other are one.
          library,
          ...(command === undefined ? [] : [`${commandLibrary}\n\n${patternLibrary}`]),
        ],
      },
      ...listing(job.interface),
      { class: 'EnvVarRequirement', envDef: environment(job.interface, resources) },
      resourceRequirement(resources),
      ...(job.timeout > 0 ? [{ class: 'ToolTimeLimit', timelimit: job.timeout }] : []),
    ],
    ...(hidden.length > 0 && {
      hints: [{ class: 'cwltool:Secrets', secrets: hidden.map(({ name }) => ids.input(name)) }],
    }),
    inputs: cwlInputs(job.interface, ids, hidden),
    ...(command !== undefined && { arguments: [{ valueFrom: '$(seedArguments(inputs, runtime))' }] }),
    outputs: cwlOutputs(job.interface, ids, where),
    ...exitCodes(job),
  };
  return { result, notes: cwlNotes(job, ids, { unhidden: secrets.filter((one) => !hidden.includes(one)) }) };
}

/** `seedJob`, which the library reads. */
function jobData(
  { interface: { command, inputs, settings, mounts } }: Job,
  ids: Ids,
  resources: readonly ResourceData[],
  image: readonly object[],
): object {
  const common = (name: string) => ({ id: ids.input(name), variable: environmentName(name) });
  return {
    ...(command !== undefined && { command: commandData(command) }),
    image,
    settings: settings.map(({ name }) => ({ ...common(name), name })),
    json: inputs.json.map(({ name, type }) => ({ ...common(name), type })),
    files: inputs.files.map(({ name, multiple, required }) => ({
      ...common(name),
      multiple,
      required,
      directory: `${containerPaths.inputs}/${name}`,
    })),
    mounts: mounts.map(({ name, path, mode }) => ({ id: ids.mount(name), path, writable: mode === 'rw' })),
    resources,
  };
}

function listing({ inputs, mounts }: Interface): object[] {
  if (inputs.files.length + mounts.length === 0) return [];
  return [{ class: 'InitialWorkDirRequirement', listing: '$(seedListing(inputs))' }];
}

function environment({ inputs, settings }: Interface, resources: readonly ResourceData[]): object[] {
  const names = [...settings, ...inputs.json, ...inputs.files].map(({ name }) => environmentName(name));
  const own = names.filter((name) => !platformVariables.some((platform) => platform === name));
  const all = [...own, ...resources.map(({ variable }) => variable), 'OUTPUT_DIR'];
  return all.map((name) => ({
    envName: name,
    envValue: `$(seedVariable(${literal(name)}, inputs, runtime))`,
  }));
}
