import { describe, expect, it } from '@jest/globals';
import { dot, mermaid } from './export.ts';
import { counters, graph, node, sampleGraph } from './sample.fixture.ts';
import { hasSettled } from './settled.ts';
import { recipeTree } from './tree.ts';

const plain = (lines: readonly string[]) => lines.join('\n').replace(/\x1b\[\d+m/g, '');

describe('the tree of a recipe', () => {
  it('has a line for each node, below the last one that it depends on', () => {
    expect(plain(recipeTree(sampleGraph())).split('\n')).toEqual([
      'recipe 12, mosaic revision 2: 5 of 14 jobs completed, 2 running, 5 pending, 1 blocked, 1 failed',
      '└─ ✔ parse             COMPLETED  1.3 s  job 14  taken over',
      '   ├─ ✔ is land        COMPLETED  accepted',
      '   │  ├─ ▶ tiles       RUNNING    61.0 s  3 of 10 runs completed, 2 running, 5 pending  2 reused',
      '   │  └─ – report      SKIPPED    where not is land  is land accepted',
      '   └─ ✖ part           FAILED     recipe 13  1 of 2 jobs completed, 1 failed',
      '      │ └─ ✔ cut       COMPLETED  3.0 s  job 21  reused',
      '      │    └─ ✖ paint  FAILED     250 ms  job 22  no colour',
      '      └─ ∅ join        BLOCKED    job 15  after tiles',
    ]);
  });

  it('shows a name on one line, whatever it holds', () => {
    const text = plain(recipeTree(graph([node('a\nb\x1b]0;x\x07<c>')])));
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('a b<c>');
    expect(text).not.toContain('\x1b');
  });

  it('takes a chain of thousands, and does not go on to the right for ever', () => {
    const chain = Array.from({ length: 3000 }, (_, at) => node(`n${at}`, at === 0 ? [] : [`n${at - 1}`]));
    const lines = recipeTree(graph(chain));
    expect(lines).toHaveLength(3001);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  });
});

describe('a recipe has settled', () => {
  it.each([
    ['completed', graph([node('a', [], { state: 'COMPLETED' })], { is_completed: true }), true],
    [
      'failed, and nothing else runs',
      graph([node('a', [], { state: 'FAILED' }), node('b', ['a'], { state: 'BLOCKED' })]),
      true,
    ],
    [
      'failed in one branch',
      graph([node('a', [], { state: 'FAILED' }), node('b', [], { state: 'RUNNING' })]),
      false,
    ],
    [
      'failed inside, where another job runs',
      graph([node('a', [], { state: 'FAILED' })], { counters: counters({ jobs_running: 1 }) }),
      false,
    ],
    ['waiting', graph([node('a')]), false],
  ])('%s', (_, given, expected) => {
    expect(hasSettled(given)).toBe(expected);
  });
});

describe('the graph for other programs', () => {
  const odd = graph([
    node('a"b\n<c>&]'),
    node('d\\', ['!a"b\n<c>&]'], { node_type: 'condition', state: 'FAILED' }),
  ]);

  it('is a Mermaid flowchart', () => {
    const text = mermaid(sampleGraph());
    expect(text.split('\n')[0]).toBe('flowchart TD');
    expect(text).toContain('  n0["parse<br/>COMPLETED"]:::COMPLETED\n');
    expect(text).toContain('  n0 --> n1\n');
    expect(text).toContain('  n1 -->|rejected| n3\n');
    expect(text).toContain('n1{{"is land<br/>COMPLETED<br/>accepted"}}');
    expect(text).toContain('subgraph n4_in["part"]\n    n4_0["cut');
    expect(mermaid(odd)).toContain('n0["a#34;b #60;c#62;#38;#93;<br/>PENDING"]:::PENDING');
  });

  it('is read by Graphviz', () => {
    const text = dot(sampleGraph());
    expect(text).toContain('n1 -> n3 [label="rejected"];');
    expect(text).toContain('subgraph cluster_n4 {\n    label="part";');
    expect(text).toContain('n4 -> n4_0 [style=dashed, lhead=cluster_n4];');
    expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)!.length);
    expect(dot(odd)).toContain('label="a\\"b <c>&]\\nPENDING"');
    expect(dot(odd)).toContain('label="d\\\\\\nFAILED"');
  });
});
