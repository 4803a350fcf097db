import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DefinedNode, RecipeDefinition } from '../../../seed-schema/index.ts';
import { dot } from './dot.ts';
import { definitionGraph, type DrawnGraph, type DrawnNode } from './drawing.ts';
import { mermaid } from './mermaid.ts';

const job = (name: string): DefinedNode['node_type'] => ({
  node_type: 'job',
  job_type_name: name,
  job_type_version: '1.0.0',
  job_type_revision: 1,
});
const definition: RecipeDefinition = {
  version: '7',
  input: { files: [], json: [] },
  output: {},
  nodes: {
    parse: { dependencies: [], input: {}, node_type: job('scene-parse') },
    'is large': {
      dependencies: [],
      input: { IN: { type: 'dependency', node: 'parse', output: 'OUT' } },
      node_type: {
        node_type: 'condition',
        interface: { files: [], json: [] },
        data_filter: { filters: [], all: true },
      },
    },
    tiles: {
      dependencies: [
        { name: 'is large', acceptance: true },
        { name: 'parse', acceptance: false },
      ],
      input: {},
      forEach: { input: 'TILE', concurrency: 4, require: 'all' },
      node_type: job('tile'),
    },
    whole: {
      dependencies: [{ name: 'is large', acceptance: false }],
      input: {},
      node_type: { node_type: 'recipe', recipe_type_name: 'publish', recipe_type_revision: 3 },
    },
  },
};

/** The recipe of that definition while it runs. */
const running: DrawnGraph = {
  nodes: definitionGraph(definition).nodes.map((node, at) => ({
    ...node,
    ...([
      { state: 'COMPLETED', duration: 12.34 },
      { state: 'COMPLETED', accepted: true, duration: 0 },
      {
        state: 'RUNNING',
        duration: 60,
        items: { total: 100, states: { COMPLETED: 7, FAILED: 1, RUNNING: 4, PENDING: 88 }, concurrency: 4 },
      },
      {
        state: 'SKIPPED',
        counters: { ...noCounters(), jobs_completed: 2, jobs_total: 5 },
      },
    ][at] as Partial<DrawnNode>),
  })),
};

function noCounters() {
  return {
    jobs_total: 0,
    jobs_pending: 0,
    jobs_blocked: 0,
    jobs_queued: 0,
    jobs_running: 0,
    jobs_failed: 0,
    jobs_completed: 0,
    jobs_canceled: 0,
    sub_recipes_total: 0,
    sub_recipes_completed: 0,
  };
}

/** A chain of nodes of these names. */
const chain = (names: readonly string[]): DrawnGraph => ({
  nodes: names.map((name, at) => ({
    name,
    node_type: (['job', 'recipe', 'condition'] as const)[at % 3]!,
    job_type: null,
    recipe_type: null,
    items: null,
    dependencies: at === 0 ? [] : [{ name: names[at - 1]!, acceptance: true }],
  })),
});

const oddNames = [
  ['quotes', `say "hi", it's`],
  ['brackets', 'a]b[c}d{e|f(g)>h<i'],
  ['HTML', '<b>x</b> & &amp; &#65;'],
  ['entities', '#35; #quot;'],
  ['a directive', '%%{init: {"theme": "dark"}}%%'],
  ['a comment', '%% x // y /* z */'],
  ['Markdown', '`**md**` _x_ [a](b)'],
  ['a list', '1. list - item'],
  ['a link', 'www.example.com'],
  ['backslashes', String.raw`\n \N \G \ "\"`],
  ['a backslash at the end', 'back\\'],
  ['unicode', 'ürü 日本 🙂 e\u0301'],
  ['keywords', 'end'],
  ['styles', 'style x: #fff;'],
  ['arrows', 'a --> b'],
  ['mathematics', '$$x^2$$'],
  ['nothing', ''],
  ['space', ' '],
] as const;

const unseen: [string, string, string][] = [
  ['newlines', 'two\r\nlines', String.raw`two\u{d}\u{a}lines`],
  ['separators of lines', 'a\u2028b', String.raw`a\u{2028}b`],
  ['NUL', 'a\u0000b', String.raw`a\u{0}b`],
  ['another direction', '\u202eabc', String.raw`\u{202e}abc`],
  ['half a character', '\ud83d', String.raw`\u{d83d}`],
];
const cases = [...oddNames.map(([what, name]): [string, string, string] => [what, name, name]), ...unseen];

/** Labels of the nodes of a flowchart, as Mermaid reads them. */
const mermaidLabels = (text: string) =>
  [...text.matchAll(/^ {2}n\d+[[{]+"(.*)"[\]}]+$/gm)].map(([, label]) =>
    label!.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
  );

const unescaped = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Labels of the nodes in DOT, by its rules for quoted texts. */
const dotLabels = (text: string) =>
  [...text.matchAll(/^ {2}n\d+ \[label="((?:[^"\\]|\\.)*)" shape=\w+[^\]]*\]$/gm)].map(([, label]) =>
    unescaped(label!.replace(/\\([^])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))),
  );

/** The texts of a drawing by Graphviz; undefined where it is not installed. @throws Error with what it finds fault with */
async function drawnTexts(text: string): Promise<string[] | undefined> {
  const svg = await new Promise<string | undefined>((resolve, reject) => {
    const program = execFile('dot', ['-Tsvg'], (error, stdout, stderr) => {
      if (error?.code === ('ENOENT' as unknown)) resolve(undefined);
      else if (error || stderr !== '') reject(new Error(stderr || error?.message));
      else resolve(stdout);
    });
    program.stdin?.on('error', () => undefined).end(text);
  });
  return svg === undefined
    ? undefined
    : [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, label]) => unescaped(label!));
}

describe('definitionGraph', () => {
  it('has what a definition says, and no states', () => {
    expect(definitionGraph(definition).nodes).toEqual([
      {
        name: 'parse',
        node_type: 'job',
        job_type: { name: 'scene-parse', version: '1.0.0', revision_num: 1 },
        recipe_type: null,
        dependencies: [],
        items: null,
      },
      expect.objectContaining({
        node_type: 'condition',
        dependencies: [{ name: 'parse', acceptance: true }],
      }),
      expect.objectContaining({
        dependencies: [
          { name: 'is large', acceptance: true },
          { name: 'parse', acceptance: false },
        ],
        items: { total: null, states: {}, concurrency: 4 },
      }),
      expect.objectContaining({ recipe_type: { name: 'publish', revision_num: 3 }, job_type: null }),
    ]);
  });
});

describe('mermaid', () => {
  it('draws a definition', () => {
    expect(mermaid(definitionGraph(definition))).toBe(`flowchart LR
  n0["parse<br/>scene-parse 1.0.0"]
  n1{{"is large"}}
  n2["tiles<br/>tile 1.0.0<br/>for each, 4 at once"]
  n3[["whole<br/>publish, revision 3"]]
  n0 --> n1
  n1 -->|accepted| n2
  n0 --> n2
  n1 -->|rejected| n3
`);
  });

  it('draws a recipe', () => {
    expect(mermaid(running)).toBe(`flowchart LR
  n0["parse<br/>scene-parse 1.0.0<br/>COMPLETED, 12.3 s"]
  n1{{"is large<br/>COMPLETED, accepted, 0 s"}}
  n2["tiles<br/>tile 1.0.0<br/>for each#58; 7 of 100 completed, 4 running, 1 failed<br/>RUNNING, 60 s"]
  n3[["whole<br/>publish, revision 3<br/>2 of 5 jobs completed<br/>SKIPPED"]]
  n0 --> n1
  n1 -->|accepted| n2
  n0 --> n2
  n1 -->|rejected| n3
  class n0,n1 COMPLETED
  class n2 RUNNING
  class n3 SKIPPED
  classDef COMPLETED fill:#a7f3d0,stroke:#374151,color:#111827
  classDef RUNNING fill:#93c5fd,stroke:#374151,color:#111827
  classDef SKIPPED fill:#ffffff,stroke:#374151,color:#111827
`);
  });

  it.each(cases)('shows names with %s', (_, name, shown) => {
    const text = mermaid(chain([name, 'x', name]));
    expect(mermaidLabels(text)).toEqual([shown, 'x', shown]);
    expect(text.split('\n')).toHaveLength(1 + 3 + 2 + 1);
  });

  it('leaves nothing in a name that Mermaid reads otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const [, label = '"'] = /^flowchart LR\n {2}n0\["(.*)"\]\n$/.exec(mermaid(chain([name]))) ?? [];
        expect(label).toMatch(/^(?:[\p{L}\p{M}\p{N} ,._-]|#\d+;)*$/u);
        expect(label).not.toMatch(/^[ ._-]|[-_. ]{2}|[ ._-]$|\.\D/);
      }),
    );
  });

  it('leaves out dependencies on what is not there', () => {
    const [node] = chain(['a']).nodes;
    const graph = { nodes: [{ ...node!, dependencies: [{ name: 'b', acceptance: true }] }] };
    expect([mermaid(graph), dot(graph)].filter((text) => /--?>/.test(text))).toEqual([]);
  });
});

describe('dot', () => {
  it('draws a recipe', () => {
    expect(dot(running)).toBe(String.raw`digraph {
  rankdir=LR
  node [fontname="sans-serif" style=filled fillcolor="#ffffff" color="#374151" fontcolor="#111827"]
  n0 [label="parse\nscene-parse 1.0.0\nCOMPLETED, 12.3 s" shape=box fillcolor="#a7f3d0"]
  n1 [label="is large\nCOMPLETED, accepted, 0 s" shape=hexagon fillcolor="#a7f3d0"]
  n2 [label="tiles\ntile 1.0.0\nfor each: 7 of 100 completed, 4 running, 1 failed\nRUNNING, 60 s" shape=box fillcolor="#93c5fd"]
  n3 [label="whole\npublish, revision 3\n2 of 5 jobs completed\nSKIPPED" shape=box3d fillcolor="#ffffff"]
  n0 -> n1
  n1 -> n2 [label="accepted"]
  n0 -> n2
  n1 -> n3 [label="rejected"]
}
`);
  });

  it.each(cases)('shows names with %s', (_, name, shown) => {
    const text = dot(chain([name, 'x', name]));
    expect(dotLabels(text)).toEqual([shown, 'x', shown]);
    expect(text.split('\n')).toHaveLength(3 + 3 + 2 + 2);
  });

  it('is what dot draws, where that is installed', async () => {
    const names = cases.filter(([, name]) => name.trim() !== '');
    const expected = names.map(([, , shown]) => shown);
    const text = dot({
      nodes: chain(names.map(([, name]) => name)).nodes.map((node) => ({ ...node, dependencies: [] })),
    });
    const drawn = (await drawnTexts(text)) ?? expected;
    expect(drawn.toSorted()).toEqual(expected.toSorted());
    expect((await drawnTexts(dot(running))) ?? ['rejected']).toContain('rejected');
  });
});
