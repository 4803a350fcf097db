import { createSimulatedEngine, type Engine, type SimulatedOptions } from '../../runtime/engine/index.ts';
import type { ExecutionKey, LaunchSpec } from '../../runtime/engine/index.ts';

/** The image that every simulated engine of the tests has. */
export const simulatedImage = 'seedbed-test-simulated:1';

/** A simulated engine with one image, whose executions end at once and well unless `options` say otherwise. */
export function simulatedEngine(options: Partial<SimulatedOptions> = {}): Promise<Engine> {
  return createSimulatedEngine({ seed: 1, images: [{ reference: simulatedImage }], ...options });
}

/** Until it is stopped. */
export const endless = [Infinity, Infinity] as const;

export function simulatedKey(execution: number, installation = 'seedbed-test'): ExecutionKey {
  return { installation, execution, attempt: 1 };
}

export function simulatedJob(parts: Partial<LaunchSpec> = {}): LaunchSpec {
  return {
    image: simulatedImage,
    environment: {},
    staged: [],
    output: { target: '/scale/output_data', directory: '/no/such/directory' },
    limits: { cpus: 1, mem: 64, pids: 256 },
    network: 'none',
    labels: {},
    ...parts,
  };
}
