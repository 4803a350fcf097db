import { judgeMetadata } from '../../../seed-schema/index.ts';
import { interpretSidecar } from '../sidecar/index.ts';
import type { Finding } from './finding.ts';
import { readJson } from './geojson.ts';
import { readMtl, sceneOf } from './landsat.ts';
import { FileReader, type RangeReader } from './reader.ts';
import { readStac } from './stac.ts';
import { codeOfWkt, placeByWorldFile, readWorldFile } from './world-file.ts';

/** Bytes of a sidecar. */
const largest = 4 * 2 ** 20;
const worldExtensions: Readonly<Record<string, readonly string[]>> = {
  tif: ['tfw', 'tifw', 'wld'],
  tiff: ['tfw', 'tiffw', 'wld'],
  png: ['pgw', 'pngw', 'wld'],
  jpg: ['jgw', 'jpgw', 'wld'],
  jpeg: ['jgw', 'jpegw', 'wld'],
};

/** A directory in which companions may lie. */
export interface CompanionPlace {
  readonly reader: RangeReader;
  /** With a slash at its end; '' is the root. */
  readonly directory: string;
}

/** The files beside a file that may describe it, surest first. */
export class Companions {
  readonly #path: string;
  readonly #places: readonly CompanionPlace[];
  readonly #name: string;
  readonly #stem: string;
  readonly #extension: string;

  /** @param others where they may have been left when the file was moved */
  constructor(reader: RangeReader, path: string, others: readonly CompanionPlace[] = []) {
    this.#path = path;
    this.#name = path.slice(path.lastIndexOf('/') + 1);
    this.#places = [{ reader, directory: path.slice(0, path.length - this.#name.length) }, ...others];
    this.#extension = /\.([^.]+)$/.exec(this.#name)?.[1] ?? '';
    this.#stem = this.#extension ? this.#name.slice(0, -this.#extension.length - 1) : this.#name;
  }

  /** Seed's own: `<file>.metadata.json`. */
  async seed(): Promise<Finding | undefined> {
    const file = await this.#first([`${this.#name}.metadata.json`]);
    if (!file) return undefined;
    const document = await readJson(file, largest);
    if (judgeMetadata(document).errors.length > 0) return undefined;
    return { ...interpretSidecar(document), from: 'metadata' };
  }

  async stac(): Promise<Finding | undefined> {
    const stem = this.#stem;
    const names = [`${stem}.json`, `${stem}_stac.json`, `${stem}.stac.json`, `${this.#name}.json`];
    for (const name of names.filter((one) => one !== this.#name)) {
      const file = await this.#first([name]);
      const found = file && readStac(await readJson(file, largest), this.#name);
      if (found) return found;
    }
    return undefined;
  }

  async landsat(): Promise<Finding | undefined> {
    const scene = sceneOf(this.#stem);
    if (scene === undefined) return undefined;
    const file = await this.#first([`${scene}_MTL.json`, `${scene}_MTL.txt`]);
    if (!file) return undefined;
    return readMtl(
      file.path.endsWith('.json') ? await readJson(file, largest) : String(await file.whole(largest)),
    );
  }

  /** @param own the reference system that the image itself names */
  async worldFile(
    size: { readonly width: number; readonly height: number },
    own: number | undefined,
  ): Promise<Finding | undefined> {
    const extensions = worldExtensions[this.#extension.toLowerCase()] ?? [];
    const file = await this.#first(
      extensions.flatMap((one) => [`${this.#stem}.${one}`, `${this.#stem}.${one.toUpperCase()}`]),
    );
    const affine = file && readWorldFile(String(await file.whole(10_000)));
    if (!affine) return undefined;
    const system = await this.#first([`${this.#stem}.prj`, `${this.#stem}.PRJ`]);
    const wkt = system && String(await system.whole(100_000));
    return placeByWorldFile(affine, size, wkt === undefined ? own : codeOfWkt(wkt));
  }

  async #first(names: readonly string[]): Promise<FileReader | undefined> {
    for (const { reader, directory } of this.#places)
      for (const name of names) {
        const path = directory + name;
        const size = path === this.#path ? undefined : await reader.size(path);
        if (size !== undefined) return new FileReader(reader, path, size);
      }
    return undefined;
  }
}
