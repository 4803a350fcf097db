import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeedbedError } from '../errors/index.ts';
import {
  asEncoding,
  bdecode,
  bencode,
  type Bencodable,
  canonicalJson,
  dag,
  diffEncodings,
  encodeTasks,
  loadEncoding,
  pathText,
  saveEncoding,
} from './index.ts';

/** The error that `work` throws, as `name: message`. */
function failure(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof SeedbedError) return `${thrown.error}: ${thrown.message}`;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

const text = (value: Bencodable) => bencode(value).toString();

describe('bencode', () => {
  it('writes integers, booleans, texts by their bytes, lists and dictionaries', () => {
    expect(text({ b: [1, -0, -7, 2n ** 70n, true, false], a: 'é😀', '': {} })).toBe(
      'd0:de1:a6:é😀1:bli1ei0ei-7ei1180591620717411303424ei1ei0eee',
    );
  });

  it('sorts keys by their UTF-8 bytes, which JavaScript does not', () => {
    const keys = ['\u{10000}', '\uffff', 'a', 'B'];
    expect(text(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(
      'd1:Bi0e1:ai0e3:\uffffi0e4:\u{10000}i0ee',
    );
    expect([...keys].sort()).not.toEqual(['B', 'a', '\uffff', '\u{10000}']);
  });

  it.each([
    [{ tasks: { 'my blur': { sizes: [1, 2.5] } } }, 'tasks["my blur"].sizes[1]: 2.5 is no whole number'],
    [{ a: null }, 'a: it is null'],
    [[undefined], '[0]: it is undefined'],
    [2 ** 53, 'the document: 9007199254740992 is beyond what a double holds exactly (a bigint is not)'],
    [NaN, 'the document: NaN is no whole number'],
    [{ at: new Date(0) }, 'at: it is a Date'],
    ['\ud800', 'the document: it holds half of a surrogate pair, which has no UTF-8'],
    [{ '\udc00': 1 }, '["\\udc00"]: it holds half of a surrogate pair, which has no UTF-8'],
  ])('refuses %j and says where', (value, problem) => {
    expect(failure(() => bencode(value as Bencodable))).toBe(
      `not-bencodable: There is no bencoded text of ${problem}.`,
    );
  });

  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
  );
  const { value } = fc.letrec<{ value: Bencodable }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
    ),
  }));

  it('is read back as it was, and one value has one text', () => {
    fc.assert(
      fc.property(value, (one) => {
        const bytes = bencode(one);
        const back = bdecode(bytes);
        expect(bencode(back)).toEqual(bytes);
        expect(bencode(shuffled(one))).toEqual(bytes);
      }),
    );
  });

  function shuffled(one: Bencodable): Bencodable {
    if (Array.isArray(one)) return one.map(shuffled);
    if (typeof one !== 'object') return one;
    return Object.fromEntries(
      Object.entries(one)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner as Bencodable)]),
    );
  }

  it('goes as deep as it is asked to', () => {
    let deep: Bencodable = 'x';
    for (let level = 0; level < 100_000; level++) deep = level % 2 ? [deep] : { d: deep };
    const bytes = bencode(deep);
    expect(bencode(bdecode(bytes)).equals(bytes)).toBe(true);
  });

  it.each([
    ['', 0, 'it ends too early'],
    ['i1', 0, 'no integer stands here'],
    ['i01e', 0, 'no integer stands here'],
    ['i-0e', 0, 'no integer stands here'],
    ['li1e', 4, 'it ends too early'],
    ['5:abc', 0, 'it ends within a string'],
    ['05:abcde', 0, '0 begins no value'],
    ['x', 0, 'x begins no value'],
    ['e', 0, 'e begins no value'],
    ['i1ei2e', 3, 'something follows the end'],
    ['d1:bi1e1:ai1ee', 7, 'the keys are not sorted by their bytes, each once'],
    ['d1:ai1e1:ai1ee', 7, 'the keys are not sorted by their bytes, each once'],
    ['d1:ae', 4, 'the key before has no value'],
    ['di1ei1ee', 1, 'i begins no value'],
    ['99999999999999999999:a', 0, 'it ends within a string'],
  ])('does not read %j', (source, position, problem) => {
    expect(failure(() => bdecode(Buffer.from(source)))).toBe(
      `bencode-invalid: The bencoded text is invalid at byte ${position}: ${problem}.`,
    );
  });

  it('does not read texts that are not UTF-8, and keeps members that are called like those of objects', () => {
    expect(failure(() => bdecode(Buffer.from([0x31, 0x3a, 0xff])))).toContain('the string is not UTF-8');
    expect(Object.keys(bdecode(Buffer.from('d9:__proto__i1ee')) as object)).toEqual(['__proto__']);
  });
});

describe('canonical JSON', () => {
  it('is that of RFC 8785, section 3.2', () => {
    const example = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown;
    expect(canonicalJson(example)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = Object.keys(
      JSON.parse(canonicalJson(Object.fromEntries(keys.map((key) => [key, 'x'])))) as object,
    );
    expect(sorted).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
  });

  it('says the same value as JSON.stringify, to any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (one) => {
        expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(canonicalJson(JSON.parse(deep))).toBe(deep);
  });

  it.each([
    [{ a: [Infinity] }, 'a[0]: JSON has no Infinity'],
    [1n, 'the document: JSON has no bigint'],
    ['\ud800', 'the document: it holds half of a surrogate pair'],
    [new Date(0), 'the document: JSON has no object'],
  ])('refuses %p', (value, problem) => {
    expect(failure(() => canonicalJson(value))).toBe(
      `not-canonical-json: There is no JSON text of ${problem}.`,
    );
  });
});

/** The graph of the source document, whose text lost some names and arguments: these are those that its identities prove. */
function collage() {
  const graph = dag({ schedule: '@daily' });
  const spec = (sha: string, command: string) => ({ image: 'collage', sha, command: `python ${command}` });
  const download = graph.task('download_images', spec('1qe34', 'dl_images.py'));
  const blur = graph.task('blur', spec('6f09d', 'transform_images.py blur')).addDep(download);
  const edges = graph.task('edge_enhance', spec('1qe34', 'transform_images.py edge_enhance'));
  edges.addDep('download_images');
  graph.task('collage', spec('1qe34', 'collage.py')).addDep(blur, edges);
  return { graph, blur };
}

const outputs = (encoding: { tasks: Readonly<Record<string, { output: string }>> }) =>
  Object.fromEntries(Object.entries(encoding.tasks).map(([name, { output }]) => [name, output]));

describe('a graph of tasks', () => {
  const first = {
    download_images: '6075b3951568e2f31df204a59eb92bbb17d84e6b49f1275216bc0b6deb0e223d',
    blur: '82695e5805a9cd091e42ae94469efe77a90907c96190c793cee3c7d58dc2bbe0',
    edge_enhance: '7a764d984ce66d23a69c87645b47fcf7be79711f40be95fb631308ee01ca2a04',
    collage: '566a13d45eeebdefc50de118f5031278b20171ce76deb51791a4f084668e6d16',
  };
  const changed = {
    ...first,
    blur: '4df7200d1f836f7372ce01761c9cb9e0d2bc7d1abc7ee9c1abe8dc7df9a67e5e',
    collage: '25adad1924719ff4d5d2c3f4839f0ff1b4e21537c3c358f7d10b5e5d7c9c6de5',
  };

  it('has every identity that the source document prints, before and after its change', () => {
    const { graph, blur } = collage();
    const before = graph.encode();
    blur.spec.sha = 'qwetr3';
    const after = graph.encode();
    expect(outputs(before)).toEqual(first);
    expect(outputs(after)).toEqual(changed);
    expect(before.tasks.collage).toEqual({
      command: 'python collage.py',
      image: 'collage',
      inputs: { blur: first.blur, edge_enhance: first.edge_enhance },
      output: first.collage,
      sha: '1qe34',
    });
    expect(before.meta).toEqual({ schedule: '@daily' });
    expect(diffEncodings(before, after)).toEqual({
      changes: [
        { path: ['tasks', 'blur', 'output'], kind: 'changed', old: first.blur, new: changed.blur },
        { path: ['tasks', 'blur', 'sha'], kind: 'changed', old: '6f09d', new: 'qwetr3' },
        {
          path: ['tasks', 'collage', 'inputs', 'blur'],
          kind: 'changed',
          old: first.blur,
          new: changed.blur,
        },
        { path: ['tasks', 'collage', 'output'], kind: 'changed', old: first.collage, new: changed.collage },
      ],
      run: ['blur', 'collage'],
      known: ['download_images', 'edge_enhance'],
    });
  });

  it('is saved as bencode and loaded as it was; what was altered by hand is found', () => {
    const encoding = collage().graph.encode();
    const saved = saveEncoding(encoding);
    expect(saved.toString().startsWith('d4:metad8:schedule6:@dailye5:tasksd4:blurd7:command')).toBe(true);
    expect(loadEncoding(saved)).toEqual(encoding);
    const altered = Buffer.from(saved.toString().replace('5:6f09d', '5:6f09e'));
    expect(failure(() => loadEncoding(altered))).toMatch(
      `dag-invalid: The description of tasks is invalid: the output of blur is ${first.blur} there, and `,
    );
    expect(failure(() => asEncoding({ tasks: { a: { output: 'x' } } }))).toContain(
      'the task a has no inputs',
    );
    expect(failure(() => asEncoding([]))).toContain('it has no tasks');
  });

  it('changes exactly what changed and what hangs on it', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const edges = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5)), { selector: String });
    fc.assert(
      fc.property(edges, fc.nat(5), (all, changedAt) => {
        const dependencies = names.map((_, to) =>
          all.flatMap(([x, y]) => (Math.max(x, y) === to && x !== y ? [names[Math.min(x, y)]!] : [])),
        );
        const encode = (version: number) =>
          outputs(
            encodeTasks(
              new Map(
                names.map((name, at) => [
                  name,
                  {
                    spec: { name, version: at === changedAt ? version : 0 },
                    dependencies: dependencies[at]!,
                  },
                ]),
              ),
            ),
          );
        const hangsOn = new Set([names[changedAt]!]);
        names.forEach((name, at) => {
          if (dependencies[at]!.some((one) => hangsOn.has(one))) hangsOn.add(name);
        });
        const [before, after] = [encode(0), encode(1)];
        expect(names.filter((name) => before[name] !== after[name])).toEqual(
          names.filter((name) => hangsOn.has(name)),
        );
      }),
    );
  });

  it('names circles, unknown tasks, members of ours and values without identity', () => {
    const graph = dag();
    graph.task('start', {}).addDep('b');
    graph.task('a', {}).addDep('b');
    graph.task('b', {}).addDep('c');
    const c = graph.task('c', {}).addDep('a');
    expect(failure(() => graph.encode())).toBe(
      'dag-cycle: The tasks depend on each other in a circle: b → c → a → b.',
    );
    c.addDep('nobody');
    expect(failure(() => graph.encode())).toBe(
      'dag-unknown-dependency: The task c depends on nobody, and there is no such task.',
    );
    expect(failure(() => graph.task('c', {}))).toContain('there are two tasks c');
    const own = dag();
    own.task('self', {}).addDep('self');
    expect(failure(() => own.encode())).toContain('circle: self → self');
    const clash = dag();
    clash.task('one', { output: 'x' });
    expect(failure(() => clash.encode())).toContain('the spec of one has a member output');
    const float = dag();
    float.task('one', { size: [1, 0.5] });
    expect(failure(() => float.encode())).toContain('tasks.one.size[1]: 0.5 is no whole number');
  });

  it('takes chains of 100,000 tasks', () => {
    const length = 100_000;
    const tasks = new Map(
      Array.from({ length }, (_, at) => [
        `t${at}`,
        // Given from the end to the beginning, which is the order in which recursion would be deepest.
        { spec: { at }, dependencies: at + 1 < length ? [`t${at + 1}`] : [] },
      ]),
    );
    const encoding = encodeTasks(tasks);
    expect(Object.keys(encoding.tasks)).toHaveLength(length);
    expect(encoding.tasks.t0!.inputs).toEqual({ t1: encoding.tasks.t1!.output });
    tasks.get(`t${length - 1}`)!.dependencies.push('t0');
    expect(failure(() => encodeTasks(tasks))).toMatch(/circle: t0 → t1 → .* → t18 → \.\.\. → t0\.$/);
  });
});

it('writes paths as people do', () => {
  expect(pathText(['tasks', 'edge_enhance', 'sizes', 0, 'a b'])).toBe('tasks.edge_enhance.sizes[0]["a b"]');
});
