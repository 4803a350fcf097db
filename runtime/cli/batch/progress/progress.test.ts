import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { rowDocument, rowError } from '../../../../test/support/batch.ts';
import { counted, type Tally } from '../results/tally.ts';
import { roughly, timeLeft } from './eta.ts';
import { PlainBatchProgress } from './plain.ts';
import { TerminalBatchProgress } from './terminal.ts';
import { failureText, standingText } from './words.ts';

const failed = (row: number) => rowDocument(row, { status: 'failed', error: rowError('job') });
const started = (total: number): Tally => ({ total, completed: 0, failed: 0, rejected: 0 });

describe('the time that is left', () => {
  it('is known when a row has ended in this process', () => {
    expect([timeLeft(0, 10, 5000), timeLeft(5, 10, 5000)]).toEqual([undefined, 10_000]);
  });

  it.each([
    [1, '1 s'],
    [59_400, '59 s'],
    [90_000, '2 min'],
    [3_600_000, '1 h'],
    [12_000_000, '3 h 20 min'],
    [86_400_000, '1 d'],
    [100 * 3_600_000, '4 d 4 h'],
  ])('of %d ms is %s', (ms, text) => {
    expect(roughly(ms)).toBe(text);
  });
});

describe('the words for a batch that runs', () => {
  it('say what is done, and how long the rest takes', () => {
    const tally = { total: 200, completed: 36, failed: 2, rejected: 2 };
    expect(standingText({ tally, fresh: 20, elapsed: 60_000 })).toBe(
      '40 of 200 rows, 2 failed, 2 rejected  60.0 s, about 8 min left',
    );
    expect(standingText({ tally: { ...tally, total: 40 }, fresh: 20, elapsed: 60_000 })).not.toContain(
      'left',
    );
    expect(standingText({ tally, fresh: 0, elapsed: 500 })).not.toContain('left');
  });

  it('name the row and the column of a failure on one line', () => {
    const error = { ...rowError('data', 'input-not-found'), message: 'No file a\nb\x1b[2J; check it.' };
    expect(failureText(rowDocument(3, { status: 'rejected', column: 'IN', error }))).toBe(
      'row 3 (line 4), IN, rejected (SB2002 input-not-found): No file a b; check it.',
    );
    expect(failureText({ ...failed(3), line: null })).toMatch(/^row 3 failed \(SB2002/);
  });
});

/** Ends so many rows, every seventh as a failure. */
function show(progress: PlainBatchProgress | TerminalBatchProgress, total: number, doneBefore = 0) {
  let tally = started(total);
  progress.begin(tally);
  for (let row = 1; row <= total; row++) {
    const ended = row % 7 === 0 ? failed(row) : rowDocument(row);
    tally = counted(tally, ended.status);
    progress.ended(ended, row > doneBefore, tally);
  }
  progress.close();
}

describe('off a terminal', () => {
  const linesOf = (total: number, doneBefore?: number) => {
    const out = new PassThrough();
    show(new PlainBatchProgress(out), total, doneBefore);
    return String(out.read()).split('\n').slice(0, -1);
  };

  it('each row of a small batch has a line, and each failure', () => {
    const lines = linesOf(8);
    expect(lines).toHaveLength(1 + 8 + 1);
    expect(lines[0]).toBe('8 rows');
    expect(lines.at(-1)).toMatch(/^8 of 8 rows, 1 failed {2}\d/);
    expect(lines.filter((line) => line.startsWith('row 7 (line 8) failed'))).toHaveLength(1);
  });

  it('a large one has a line for each hundredth, and for its first failures', () => {
    expect(linesOf(10_000)).toHaveLength(1 + 100 + 20);
  });

  it('nothing is told again that was done before', () => {
    expect(linesOf(100, 98)).toHaveLength(1 + 2);
  });
});

describe('on a terminal', () => {
  it('one line is live, failures stand above it, and nothing is left of it', () => {
    const out = new PassThrough() as unknown as WriteStream & PassThrough;
    out.columns = 60;
    show(new TerminalBatchProgress(out), 200);
    const text = String(out.read());
    expect(text.match(/✘/g)).toHaveLength(20);
    expect(text.endsWith('\r\x1b[K')).toBe(true);
    const live = text.split(/\r\x1b\[K|\n/).filter((part) => /\d+ of 200 rows/.test(part));
    expect(live.length).toBeGreaterThan(0);
    expect(live.filter((part) => part.replace(/\x1b\[\d+m/g, '').length > 60)).toEqual([]);
  });

  it('shows what is done before the first row', () => {
    const out = new PassThrough() as unknown as WriteStream & PassThrough;
    const progress = new TerminalBatchProgress(out);
    progress.detail('Step 1/3\n\x1b[2JStep 2/3');
    progress.begin(started(3));
    progress.close();
    progress.ended(failed(1), true, started(3));
    progress.close();
    expect(String(out.read())).not.toContain('\x1b[2J');
    expect(out.read()).toBeNull();
  });
});
