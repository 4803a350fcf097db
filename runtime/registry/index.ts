export { readAddress, type RegistryAddress } from './address.ts';
export type { RegistryLogin } from './authorization.ts';
export {
  findSeedImages,
  type SeedImage,
  type SeedImageQuery,
  type UnknownImage,
} from './find-seed-images.ts';
export type { RegistryImage } from './image.ts';
export { KeptConfigurations } from './kept-configurations.ts';
export { openRegistry, type Registry, type RegistryOptions } from './registry.ts';
