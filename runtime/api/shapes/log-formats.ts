import type { ExecutionRow } from '../../jobs/index.ts';
import type { LogLine } from '../../logs/index.ts';
import { clusterId } from './execution.ts';

/** How lines of a log are written. */
export interface LogFormat {
  readonly type: string;
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly line: (line: LogLine, index: number, execution: ExecutionRow) => string;
}

/** As Scale: a list of entries, plain lines, or lines that a page shows with their stream. */
export const logFormats = {
  json: {
    type: 'application/json',
    begin: '[',
    between: ',',
    end: ']',
    line: (line, index, execution) =>
      JSON.stringify({
        message: line.text,
        '@timestamp': new Date(line.time).toISOString(),
        scale_order_num: index + 1,
        scale_task: `${clusterId(execution)}_main`,
        scale_job_exe: clusterId(execution),
        scale_node: execution.hostname,
        stream: line.stream,
      }),
  },
  txt: { type: 'text/plain', begin: '', between: '', end: '', line: ({ text }) => `${text}\n` },
  html: {
    type: 'text/html',
    begin: '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Log</title></head><body>\n',
    between: '',
    end: '</body></html>\n',
    line: ({ text, stream }) => `<div class="${stream}">${escaped(text)}</div>\n`,
  },
} as const satisfies Record<string, LogFormat>;

/**
 * The format that is asked for: by parameter, else the one that `Accept` prefers; JSON where that takes anything.
 * @returns undefined when it takes none of them
 */
export function chooseFormat(
  parameter: keyof typeof logFormats | undefined,
  accept = '*/*',
): keyof typeof logFormats | undefined {
  if (parameter !== undefined) return parameter;
  const wishes = accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { range, quality: q === undefined ? 1 : Number(q) || 0 };
  });
  const names = Object.keys(logFormats) as (keyof typeof logFormats)[];
  const rated = names.map((name) => ({ name, quality: qualityOf(logFormats[name].type, wishes) }));
  const best = Math.max(...rated.map(({ quality }) => quality));
  return best > 0 ? rated.find(({ quality }) => quality === best)!.name : undefined;
}

/** The most specific range counts (RFC 9110, 12.5.1). */
function qualityOf(type: string, wishes: readonly { range: string; quality: number }[]): number {
  for (const range of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const wish = wishes.find((one) => one.range === range);
    if (wish) return wish.quality;
  }
  return 0;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
