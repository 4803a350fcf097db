import { describe, expect, it } from '@jest/globals';
import { baseImages } from './base-images.ts';
import { withoutSyntax } from './frontend.ts';
import { buildKitNeeds } from './needs-buildkit.ts';
import { parseDockerfile } from './parse.ts';

const needs = (text: string) =>
  buildKitNeeds(parseDockerfile(text)).map(({ line, instruction }) => `${line} ${instruction}`);

describe('a Dockerfile', () => {
  it('is read by instructions, with their first lines', () => {
    const text = [
      '\ufeff# escape=`',
      '# a comment',
      'FROM a `',
      '# within',
      '',
      '   AS b',
      'run echo 1 \\',
      'COPY --chown=1:2 --from="x y" a b\r',
      '  # another',
      'RUN cat <<EOF > /f && cat <<-"END"',
      'RUN --mount=type=cache x',
      'EOF',
      '# no comment',
      '\tEND',
      'ENV X=1 `  ',
    ].join('\n');
    expect(parseDockerfile(text).instructions).toEqual([
      { line: 3, keyword: 'FROM', flags: [], argument: 'a    AS b', heredocs: [] },
      { line: 7, keyword: 'RUN', flags: [], argument: 'echo 1 \\', heredocs: [] },
      {
        line: 8,
        keyword: 'COPY',
        flags: [
          { name: 'chown', value: '1:2' },
          { name: 'from', value: 'x y' },
        ],
        argument: 'a b',
        heredocs: [],
      },
      {
        line: 10,
        keyword: 'RUN',
        flags: [],
        argument: 'cat <<EOF > /f && cat <<-"END"',
        heredocs: ['EOF', '-END'],
      },
      { line: 15, keyword: 'ENV', flags: [], argument: 'X=1', heredocs: [] },
    ]);
  });

  it.each([
    ['# comment\n# syntax=late\nFROM a', undefined],
    ['\n# syntax=late\nFROM a', undefined],
    ['# escape=`\n#Syntax = docker/dockerfile:1 \nFROM a', { image: 'docker/dockerfile:1', line: 2 }],
    ['', undefined],
  ])('%j names the frontend %j', (text, syntax) => {
    expect(parseDockerfile(text).syntax).toEqual(syntax);
  });

  it.each([
    'FROM a AS b\nCOPY --from=b --chown=1 x y\nADD --chown=1 http://x/y.tar z\nRUN echo --mount=x',
    '# syntax=docker/dockerfile:1.4\nFROM a',
    'FROM --platform=linux/amd64 a\nARG TARGETS\nENV X=$TARGETARCH',
    'ARG TARGETARCH=amd64\nFROM a-${TARGETARCH}',
    'FROM a\nRUN echo "a <<EOF" $((1<<2)) && cat <<< x && x<<EOF\nRUN cat << EOF',
    'FROM a\nHEALTHCHECK --interval=1s CMD x\nCMD ["a", "<<b"]\nENTRYPOINT x <<EOF',
    'FROM a\nRUN echo \\\n  # RUN --mount=x\n  --mount=y',
  ])('like %j is built by every engine', (text) => {
    expect(needs(text)).toEqual([]);
  });

  it.each([
    ['FROM a\n\nRUN --mount=type=cache,target=/x --network=none y', ['3 RUN --mount', '3 RUN --network']],
    ['FROM a\nRUN --security=insecure y', ['2 RUN --security']],
    ['FROM a\nRUN \\\n  --mount=type=cache,target=/x y', ['2 RUN --mount']],
    [
      'FROM a\nCOPY --link --chmod=1 x y\nADD --checksum=x y z',
      ['2 COPY --link', '2 COPY --chmod', '3 ADD --checksum'],
    ],
    ['FROM a\nRUN <<EOF\nRUN --mount=x\nEOF\nCOPY --parents a b', ['2 RUN <<EOF', '5 COPY --parents']],
    [
      'FROM a\nCOPY <<one <<-"two" /x/\n1\none\n2\n\ttwo\nRUN --mount=x',
      ['2 COPY <<one', '2 COPY <<two', '7 RUN --mount'],
    ],
    ['FROM a\nONBUILD RUN <<EOF\nFROB\nEOF', ['2 ONBUILD <<EOF']],
    ['FROM --platform=$BUILDPLATFORM a\nARG TARGETARCH', ['1 FROM with $BUILDPLATFORM', '2 ARG TARGETARCH']],
    ['FROM a-${TARGETARCH}', ['1 FROM with $TARGETARCH']],
    ['# syntax=example/other:1\nFROM a', ['1 # syntax=example/other:1']],
    ['FROM a\nADD https://example.org/x.git#main /x', ['2 ADD of a git repository']],
    ['FROM a\nADD git@example.org:x /x', ['2 ADD of a git repository']],
  ])('like %j needs BuildKit', (text, expected) => {
    expect(needs(text)).toEqual(expected);
  });

  it.each([
    ['FROM a:1\nFROM a:1 AS x\nFROM scratch\nFROM X\nCOPY --from=x a b\nCOPY --from=0 a b', ['a:1']],
    [
      'FROM a\nCOPY --from=host:5000/b:2 a b\nRUN --mount=type=bind,from=c,target=/x y',
      ['a', 'host:5000/b:2', 'c'],
    ],
    ['ARG V=1\nARG I="a:$V"\nFROM ${I}-${W:-w}${V:+x}\nARG J=no\nFROM $J', ['a:1-wx']],
    ['FROM --platform=linux/arm64 a@sha256:0 as later\nFROM later', ['a@sha256:0']],
  ])('like %j names its base images', (text, expected) => {
    expect(baseImages(parseDockerfile(text)).map(({ reference }) => reference)).toEqual(expected);
  });

  it('says in which line it names them', () => {
    expect(baseImages(parseDockerfile('\nFROM a\nCOPY --from=b x y'))).toEqual([
      { reference: 'a', line: 2 },
      { reference: 'b', line: 3 },
    ]);
  });

  it.each([
    ['# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN x', '# escape=`\n#\nFROM a\nRUN x'],
    ['# escape=`\n# syntax=x\n\nFROM a', '# escape=`\n#\n\nFROM a'],
    ['FROM a\n# syntax=x', 'FROM a\n# syntax=x'],
  ])('%j without its frontend is %j, the lines where they were', (text, expected) => {
    expect(withoutSyntax(text)).toBe(expected);
  });
});
