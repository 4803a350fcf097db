import { hostname } from 'node:os';
import type { Config } from '../../config/index.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import type { NamedEngine } from '../../scheduler/index.ts';
import type { EngineOption } from './engine-option.ts';

/** The engines of a service: each is opened when it answers, and all are closed together. */
export class DrivenEngines {
  /** For `openRuntime`. */
  readonly named: readonly NamedEngine[];
  readonly #open: Engine[] = [];
  #closed = false;

  /** @param options empty: the engine of this machine, under the name of the host */
  constructor(config: Config, options: readonly EngineOption[]) {
    const engines = options.length > 0 ? options : [{ name: hostname(), env: process.env }];
    this.named = engines.map(({ name, env }) => ({ name, engine: () => this.#connect(config, env) }));
  }

  close(): void {
    this.#closed = true;
    for (const engine of this.#open) engine.close();
  }

  async #connect(config: Config, env: NodeJS.ProcessEnv): Promise<Engine> {
    const engine = await createEngine(config, env);
    try {
      await engine.capabilities();
    } catch (thrown) {
      engine.close();
      throw thrown;
    }
    this.#open.push(engine);
    if (this.#closed) engine.close();
    return engine;
  }
}
