import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { ObservedExecution } from '../scheduler/index.ts';
import { isTraceparent, type RequestSpan, type Tracing } from './tracing.ts';

/** Traces by OTLP over HTTP; where to, how often and which of them say the OTEL_* variables of the process. */
export class OtlpTracing implements Tracing {
  readonly #provider: NodeTracerProvider;
  readonly #tracer: Tracer;

  constructor(version: string) {
    const ours = resourceFromAttributes({ 'service.name': 'seedbed', 'service.version': version });
    this.#provider = new NodeTracerProvider({
      resource: ours.merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    });
    this.#tracer = this.#provider.getTracer('seedbed', version);
  }

  request(parent: string | undefined): RequestSpan {
    const span = this.#tracer.startSpan('request', { kind: SpanKind.SERVER }, contextOf(parent ?? null));
    return {
      traceparent: traceparentOf(span.spanContext()),
      end: ({ request, method, route, status }) => {
        span.updateName(`${method} ${route}`);
        span.setAttributes({
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': status,
          'seedbed.request.id': request,
        });
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  /** All of it is known once it is over, so that a runtime that dies leaves no half of a span, and an adopter tells it all. */
  execution(ended: ObservedExecution): void {
    const { execution, facts, node, from, to, status, error, exitCode, files, retried, stretches } = ended;
    if (!facts) return;
    const parent = contextOf(facts.traceContext);
    const [queued, started] = [Date.parse(facts.queued), Date.parse(facts.started)];
    const whole = this.#tracer.startSpan(
      `job ${facts.typeName}`,
      {
        kind: SpanKind.CONSUMER,
        startTime: queued,
        attributes: {
          'seedbed.job.id': execution.jobId,
          'seedbed.job_exe.id': execution.id,
          'seedbed.job_exe.num': execution.exeNum,
          'seedbed.job_type.name': facts.typeName,
          'seedbed.job_type.version': facts.typeVersion,
          'seedbed.node': node,
          'seedbed.status': status,
          'seedbed.retried': retried,
          'seedbed.products': files,
          ...(exitCode !== null && { 'seedbed.exit_code': exitCode }),
          ...(error && { 'error.type': error.name, 'seedbed.error.code': error.code }),
        },
      },
      parent,
    );
    if (status === 'FAILED') whole.setStatus({ code: SpanStatusCode.ERROR, message: error?.title ?? '' });
    const inside = trace.setSpan(parent, whole);
    this.#stretch('queue', queued, started, inside);
    this.#stretch('claim', started, Math.max(started, from), inside);
    for (const stretch of stretches) {
      const name = stretch.name === 'record' ? 'product' : stretch.name;
      this.#stretch(name, stretch.from, stretch.to, inside);
    }
    whole.end(to);
  }

  async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => undefined);
  }

  #stretch(name: string, from: number, to: number, context: Context): Span {
    const span = this.#tracer.startSpan(name, { startTime: from }, context);
    span.end(Math.max(from, to));
    return span;
  }
}

function contextOf(traceparent: string | null): Context {
  if (!isTraceparent(traceparent)) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: parseInt(flags, 16),
    isRemote: true,
  });
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
