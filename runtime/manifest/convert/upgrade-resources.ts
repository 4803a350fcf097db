import { isObject } from '../../../seed-schema/index.ts';
import { type Members, rewritten, withItems } from './members.ts';
import { digitsOf } from './number-text.ts';
import type { Note } from './upgrade.ts';

/** Members of `job` up to 0.0.3, and what the resources are called since. */
const members: Readonly<Record<string, string>> = {
  cpus: 'cpus',
  mem: 'mem',
  sharedMem: 'sharedMem',
  storage: 'disk',
};

/** `cpus`, `mem`, ... of the job become its scalar resources; `resources` without `scalar` gets it. */
export function upgradeResources(job: Members, note: Note): Members {
  const given = Object.keys(job).filter((name) => Object.hasOwn(members, name) && digitsOf(job[name]));
  const scalar = given.map((name) => ({ name: members[name]!, value: job[name] }));
  const moved = rewritten(job, (name, value) => {
    if (!given.includes(name)) return [[name, value]];
    return name === given[0] && !Object.hasOwn(job, 'resources') ? [['resources', { scalar }]] : [];
  });
  const { resources } = moved;
  if (!isObject(resources)) return moved;
  const old = resources.scalar ?? [];
  if (!Array.isArray(old)) return moved;
  const all = Object.hasOwn(job, 'resources') ? [...(old as unknown[]), ...scalar] : old;
  return { ...moved, resources: withStandardNames({ ...resources, scalar: all }, note) };
}

/** The examples of 0.1.0 say `cpu`, which since 1.0.0 is a resource of one's own. */
function withStandardNames(resources: Members, note: Note): Members {
  const names = (resources.scalar as unknown[]).map((item) => (isObject(item) ? item.name : undefined));
  if (!names.includes('cpu') || names.includes('cpus')) return resources;
  note('the resource cpu has become cpus, so its variable is ALLOCATED_CPUS');
  return withItems(resources, 'scalar', (item) => (item.name === 'cpu' ? { ...item, name: 'cpus' } : item));
}
