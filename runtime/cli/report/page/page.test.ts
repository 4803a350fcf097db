import { describe, expect, it } from '@jest/globals';
import { graph, node } from '../../recipe/sample.fixture.ts';
import { shapesOf, windowOf } from './footprint.ts';
import { layOut } from './layout.ts';
import { mapSketch } from './map.ts';
import { markup } from './markup.ts';
import { reportPage } from './page.ts';
import { sampleReport } from './sample.fixture.ts';

describe('markup', () => {
  it('escapes every value, in texts and in attributes, and nothing twice', () => {
    const inner = markup`<b title="${`"'<>&`}">${'</b><script>\0\n'}</b>`;
    expect(markup`${[inner, null, false, undefined, 3]}`.text).toBe(
      '<b title="&quot;&#39;&lt;&gt;&amp;">&lt;/b&gt;&lt;script&gt;\ufffd\n</b>3',
    );
  });
});

describe('the report', () => {
  it('shows graph, timeline, resources, failures and products', () => {
    const page = reportPage(sampleReport());
    expect(page).toContain('<h1>Recipe 12: mosaic</h1>');
    expect(page).toContain('<rect class="box RUNNING"');
    expect(page).toContain('<h3>Inside part (recipe 13, tile)</h3>');
    expect(page).toContain('job 22, try 2, FAILED on here\nqueued 10.0 s, ran 250 ms');
    expect(page).toContain('128 – 256');
    expect(page).toMatch(/<td class="number">96.5<\/td>\s*<td class="number">0.5<\/td>/);
    expect(page).toContain('&lt;b&gt;bad &amp; &quot;worse&quot;&lt;/b&gt;</pre>');
    expect(page).toContain('3 more jobs have failed.');
    expect(page.match(/<path class="footprint area"/g)).toHaveLength(4);
    expect(page).toContain('none.txt');
  });

  it('says where there is nothing, and what is left out', () => {
    const none = { jobs: [], executions: [], failures: [], failuresLeftOut: 0, products: [] };
    const page = reportPage({ ...sampleReport(), ...none, graph: graph([]) });
    for (const words of [
      'It has no nodes.',
      'Nothing has been run yet.',
      'There is no job yet.',
      'No job has failed.',
      'There are none.',
    ])
      expect(page).toContain(words);
    const [product] = sampleReport().products;
    expect(
      reportPage({
        ...sampleReport(),
        jobsLeftOut: 8,
        productsLeftOut: 7,
        products: [{ ...product!, geometry: null }],
      }),
    ).toMatch(/8 more jobs[^]*None of them has a place[^]*And 7 more/);
  });

  it('loads nothing, and takes no name for markup', () => {
    const evil = `"'><script>alert(1)</script>\n<img src="http://example.org/x" onerror='x'>&amp;]]>`;
    const sample = sampleReport();
    const page = reportPage({
      ...sample,
      graph: graph([node(evil, [], { reason: evil }), node('b', [evil], { node_type: 'condition' })], {
        recipe_type: { id: 1, name: evil, title: evil, revision_num: 1 },
      }),
      jobs: sample.jobs.map((job) => ({ ...job, node: evil, asked: { [evil]: 1 } })),
      executions: sample.executions.map((one) => ({ ...one, node: evil, host: evil })),
      failures: sample.failures.map((one) => ({ ...one, node: evil, words: evil, log: evil })),
      products: sample.products.map((one) => ({
        ...one,
        name: evil,
        node: evil,
        mediaType: evil,
        geometry: `${one.geometry}${evil}`,
      })),
    });
    expect(page).not.toMatch(/<script|<img|<\w+[^>]*\son\w+=|]]>(?=<)/i);
    expect(page).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?(?!#)[a-z]+:/i);
    const tags = [...page.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, tag]) => tag!);
    expect([...new Set(tags)].sort()).toEqual(
      'body circle defs g h1 h2 h3 head html line marker meta p path pre rect span style svg table td text th title tr'
        .split(' ')
        .concat('div')
        .sort(),
    );
    expect(page).toContain(`default-src 'none'`);
  });
});

describe('the layout of a graph', () => {
  it('puts each node below all that it depends on, and no two in one place', () => {
    const nodes = [
      { name: 'a', parents: [] },
      { name: 'b', parents: [] },
      { name: 'c', parents: ['a'] },
      { name: 'd', parents: ['c', 'b'] },
      { name: 'e', parents: ['d', 'a'] },
    ];
    const { places, edges, layers } = layOut(nodes);
    for (const { name, parents } of nodes)
      for (const parent of parents)
        expect(places.get(name)!.layer).toBeGreaterThan(places.get(parent)!.layer);
    const seen = [...places.values(), ...edges.flatMap(({ by }) => by)].map(
      ({ column, layer }) => `${column},${layer}`,
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(layers).toBe(4);
    expect(
      edges.find(({ child, parent }) => child === 'e' && parent === 'a')!.by.map(({ layer }) => layer),
    ).toEqual([1, 2]);
  });

  it('crosses edges no more than it must', () => {
    const { places } = layOut([
      { name: 'a', parents: [] },
      { name: 'b', parents: [] },
      { name: 'of b', parents: ['b'] },
      { name: 'of a', parents: ['a'] },
    ]);
    const column = (name: string) => places.get(name)!.column;
    expect(column('a') < column('b')).toBe(column('of a') < column('of b'));
  });

  it('takes a chain of thousands', () => {
    const chain = Array.from({ length: 5000 }, (_, at) => ({
      name: `${at}`,
      parents: at === 0 ? [] : [`${at - 1}`],
    }));
    expect(layOut(chain)).toMatchObject({ layers: 5000, columns: 1 });
  });
});

describe('footprints', () => {
  it('reads rings, lines and points, with or without heights', () => {
    expect(
      shapesOf('POLYGON Z ((0 0 5, 1 0 5, 1 1 5, 0 0 5), (0.2 0.1 5, 0.3 0.1 5, 0.2 0.2 5))').map(
        ({ kind }) => kind,
      ),
    ).toEqual(['area', 'area']);
    expect(shapesOf('GEOMETRYCOLLECTION(POINT(3 4),LINESTRING(0 0,1 -1.5e0))')).toEqual([
      { kind: 'points', positions: [[3, 4]] },
      {
        kind: 'line',
        positions: [
          [0, 0],
          [1, -1.5],
        ],
      },
    ]);
    expect(shapesOf('no geometry')).toEqual([]);
  });

  it('goes on over the antimeridian without a leap, and around a pole', () => {
    const [ring] = shapesOf('POLYGON((178 0,-178 0,-178 5,178 5,178 0))');
    expect(ring!.positions.map(([x]) => x)).toEqual([178, 182, 182, 178, 178]);
    const [polar] = shapesOf('POLYGON((-180 70,-90 70,0 70,90 70,180 70))');
    expect(polar!.positions.slice(-2)).toEqual([
      [180, 90],
      [-180, 90],
    ]);
  });

  it.each([
    [
      [
        { west: 170, east: 175 },
        { west: -178, east: -170 },
      ],
      { west: 170, east: 190 },
    ],
    [[{ west: 178, east: 182 }], { west: 178, east: 182 }],
    [
      [
        { west: -10, east: 10 },
        { west: 20, east: 30 },
      ],
      { west: -10, east: 30 },
    ],
    [[{ west: -180, east: 180 }], { west: -180, east: 180 }],
    [[], { west: -180, east: 180 }],
  ])('the shortest window of %j', (spans, expected) => {
    expect(windowOf(spans)).toEqual(expected);
  });

  it('is drawn inside the sketch, on whatever side of the antimeridian it lies', () => {
    const { text } = mapSketch(sampleReport().products)!;
    const [, left, , width] = /<rect class="sea" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/
      .exec(text)!
      .map(Number);
    const xs = [...text.matchAll(/[ML]([-\d.]+) /g)].map(([, x]) => Number(x));
    expect(Math.min(...xs)).toBeGreaterThan(left!);
    expect(Math.max(...xs)).toBeLessThan(left! + width!);
    // 176° E to 176.5° W, and not the whole way around.
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(width! / 2);
    expect(text).toContain('178°W');
    expect(mapSketch([{ ...sampleReport().products[0]!, geometry: 'POINT(200 10)' }])!.text).toContain(
      '160°W',
    );
  });
});
