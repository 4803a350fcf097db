import type { Logger } from '../logging/index.ts';
import type { ObservedExecution } from '../scheduler/index.ts';

/** Sends spans of requests and executions to a collector. */
export interface Tracing {
  /** @param parent W3C traceparent of its sender */
  request(parent: string | undefined): RequestSpan;
  /** Goes on with the trace of the job's submission, in whichever service that was. */
  execution(ended: ObservedExecution): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** A request that is being answered. */
export interface RequestSpan {
  /** Under which what it causes goes on. */
  readonly traceparent: string;
  end(facts: TracedRequest): void;
}

export interface TracedRequest {
  readonly request: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** Whether it is a W3C traceparent of version 00. */
export function isTraceparent(text: unknown): text is string {
  return (
    typeof text === 'string' && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(text)
  );
}

/**
 * Begins to trace where the variables of OpenTelemetry ask for it; else nothing of it is even loaded.
 * @returns undefined where they do not
 */
export async function startTracing(
  env: NodeJS.ProcessEnv,
  version: string,
  logger: Logger,
): Promise<Tracing | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT && !env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return undefined;
  if (env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (protocol && protocol !== 'http/json')
    logger.warn({ protocol }, 'traces are sent as http/json, whatever OTEL_EXPORTER_OTLP_PROTOCOL says');
  const { OtlpTracing } = await import('./otlp.ts');
  return new OtlpTracing(version);
}
