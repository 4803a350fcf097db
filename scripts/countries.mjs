import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * Makes runtime/catalog/countries/borders.ts again: `node scripts/countries.mjs`.
 *
 * Source: Natural Earth 4.1, Admin 0 countries (public domain, naturalearthdata.com), as the npm package world-atlas
 * 2.0.2 holds them (TopoJSON; ISC, Copyright 2013-2019 Michael Bostock). Of 1:50m, and what is too small for that of 1:10m.
 * Borders are those that Natural Earth draws: who holds a place, not who claims it.
 */
const source = 'world-atlas@2.0.2';
const target = path.join(import.meta.dirname, '../runtime/catalog/countries/borders.ts');

/** ISO 3166-1: numeric and three letters. */
const codes = new Map(
  `004AFG 008ALB 010ATA 012DZA 016ASM 020AND 024AGO 028ATG 031AZE 032ARG 036AUS 040AUT 044BHS 048BHR
    050BGD 051ARM 052BRB 056BEL 060BMU 064BTN 068BOL 070BIH 072BWA 074BVT 076BRA 084BLZ 086IOT 090SLB
    092VGB 096BRN 100BGR 104MMR 108BDI 112BLR 116KHM 120CMR 124CAN 132CPV 136CYM 140CAF 144LKA 148TCD
    152CHL 156CHN 158TWN 162CXR 166CCK 170COL 174COM 175MYT 178COG 180COD 184COK 188CRI 191HRV 192CUB
    196CYP 203CZE 204BEN 208DNK 212DMA 214DOM 218ECU 222SLV 226GNQ 231ETH 232ERI 233EST 234FRO 238FLK
    239SGS 242FJI 246FIN 248ALA 250FRA 254GUF 258PYF 260ATF 262DJI 266GAB 268GEO 270GMB 275PSE 276DEU
    288GHA 292GIB 296KIR 300GRC 304GRL 308GRD 312GLP 316GUM 320GTM 324GIN 328GUY 332HTI 334HMD 336VAT
    340HND 344HKG 348HUN 352ISL 356IND 360IDN 364IRN 368IRQ 372IRL 376ISR 380ITA 384CIV 388JAM 392JPN
    398KAZ 400JOR 404KEN 408PRK 410KOR 414KWT 417KGZ 418LAO 422LBN 426LSO 428LVA 430LBR 434LBY 438LIE
    440LTU 442LUX 446MAC 450MDG 454MWI 458MYS 462MDV 466MLI 470MLT 474MTQ 478MRT 480MUS 484MEX 492MCO
    496MNG 498MDA 499MNE 500MSR 504MAR 508MOZ 512OMN 516NAM 520NRU 524NPL 528NLD 531CUW 533ABW 534SXM
    535BES 540NCL 548VUT 554NZL 558NIC 562NER 566NGA 570NIU 574NFK 578NOR 580MNP 581UMI 583FSM 584MHL
    585PLW 586PAK 591PAN 598PNG 600PRY 604PER 608PHL 612PCN 616POL 620PRT 624GNB 626TLS 630PRI 634QAT
    638REU 642ROU 643RUS 646RWA 652BLM 654SHN 659KNA 660AIA 662LCA 663MAF 666SPM 670VCT 674SMR 678STP
    682SAU 686SEN 688SRB 690SYC 694SLE 702SGP 703SVK 704VNM 705SVN 706SOM 710ZAF 716ZWE 724ESP 728SSD
    729SDN 732ESH 740SUR 744SJM 748SWZ 752SWE 756CHE 760SYR 762TJK 764THA 768TGO 772TKL 776TON 780TTO
    784ARE 788TUN 792TUR 795TKM 796TCA 798TUV 800UGA 804UKR 807MKD 818EGY 826GBR 831GGY 832JEY 833IMN
    834TZA 840USA 850VIR 854BFA 858URY 860UZB 862VEN 876WLF 882WSM 887YEM 894ZMB`
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 3), pair.slice(3)]),
);

/** What Natural Earth shows apart and has no code of its own. XKX is the user-assigned code that most use. */
const unnamed = { Kosovo: 'XKX', Somaliland: 'SOM', 'N. Cyprus': 'CYP', 'Indian Ocean Ter.': 'CXR' };

/** Places with codes of their own that Natural Earth shows as parts of others: country, code, west, south, east, north. */
const apart = [
  ['FRA', 'GUF', -56, 1, -50, 7],
  ['FRA', 'MTQ', -61.3, 14.3, -60.7, 15],
  ['FRA', 'GLP', -62, 15.7, -60.9, 16.7],
  ['FRA', 'REU', 55, -22, 56, -20],
  ['FRA', 'MYT', 44.8, -13.2, 45.5, -12.5],
  ['NOR', 'SJM', 10, 74, 34, 81],
  ['NOR', 'SJM', -10, 70, -7, 72],
  ['NOR', 'BVT', 3, -55, 4, -54],
  ['NLD', 'BES', -69, 11, -62, 18],
  ['NZL', 'TKL', -173, -10, -171, -8],
  ['CXR', 'CCK', 96, -13, 97, -12],
];

const directory = await mkdtemp(path.join(tmpdir(), 'countries-'));
try {
  execFileSync('npm', ['pack', source, '--silent'], { cwd: directory });
  execFileSync('tar', ['xzf', 'world-atlas-2.0.2.tgz'], { cwd: directory });
  const read = async (name) =>
    JSON.parse(await readFile(path.join(directory, 'package', `countries-${name}.json`), 'utf8'));
  const [medium, large] = [await read('50m'), await read('10m')];
  const borders = { transform: medium.transform, countries: {}, arcs: medium.arcs };
  add(borders, medium, (ring) => ring);
  const known = new Set(Object.keys(borders.countries));
  add(
    borders,
    large,
    (ring) => {
      const first = borders.arcs.length;
      borders.arcs.push(...ring.map((index) => regrid(large, medium.transform, index)));
      return ring.map((_, index) => first + index);
    },
    (code) => !known.has(code),
  );
  await save(borders);
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Adds the rings of all countries of `world` that are wanted. */
function add(borders, world, take, isWanted = () => true) {
  for (const { id, type, arcs, properties } of world.objects.countries.geometries) {
    const country = codes.get(id) ?? unnamed[properties.name];
    if (!country) {
      console.log(`left out: ${properties.name}`);
      continue;
    }
    for (const polygon of type === 'Polygon' ? [arcs] : (arcs ?? [])) {
      const code = codeOf(country, outlineOf(world, polygon[0]));
      if (isWanted(code)) (borders.countries[code] ??= []).push(...polygon.map(take));
    }
  }
}

function codeOf(country, positions) {
  const inside = ([, , west, south, east, north]) =>
    positions.every(([x, y]) => x > west && x < east && y > south && y < north);
  return apart.find((one) => one[0] === country && inside(one))?.[1] ?? country;
}

function outlineOf(world, ring) {
  return ring.flatMap((index) => absolute(world, index));
}

/** Positions of an arc in degrees, in the order in which it is stored. */
function absolute({ arcs, transform }, index) {
  let [x, y] = [0, 0];
  return arcs[index < 0 ? ~index : index].map(([dx, dy]) => [
    (x += dx) * transform.scale[0] + transform.translate[0],
    (y += dy) * transform.scale[1] + transform.translate[1],
  ]);
}

/** An arc on another grid, by differences, in the order of its ring. */
function regrid(world, { scale, translate }, index) {
  const positions = absolute(world, index);
  if (index < 0) positions.reverse();
  const grid = positions.map(([x, y]) => [
    Math.round((x - translate[0]) / scale[0]),
    Math.round((y - translate[1]) / scale[1]),
  ]);
  return grid.map(([x, y], at) => (at === 0 ? [x, y] : [x - grid[at - 1][0], y - grid[at - 1][1]]));
}

async function save(borders) {
  const sorted = { ...borders, countries: Object.fromEntries(Object.entries(borders.countries).sort()) };
  const bytes = brotliCompressSync(JSON.stringify(sorted), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
  const lines = bytes.toString('base64').match(/.{1,2000}/g);
  const text = `// Made by scripts/countries.mjs; source and licence stand there. TopoJSON, brotli, base64.
export const borders = \`
${lines.join('\n')}
\`;
`;
  await writeFile(target, text);
  console.log(`${Object.keys(sorted.countries).length} countries, ${text.length} bytes`);
}
