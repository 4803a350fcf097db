import { describe, expect, it } from '@jest/globals';
import { projectionOf } from './projection.ts';

describe('coordinates of reference systems', () => {
  // As PROJ 9.1 has them (cs2cs).
  it.each([
    ['WGS 84 / UTM zone 1N', 32601, 700000, 8000000, -171.18928448, 72.012656271],
    ['WGS 84 / UTM zone 60S', 32760, 300000, 4000000, 173.940406317, -54.109206448],
    ['UTM far outside its zone', 32633, 833978.56, 9329005.18, 41.582877787, 83.305911955],
    ['SIRGAS 2000 / UTM zone 16N', 31970, 300000, 500000, -88.802626946, 4.521318308],
    ['GDA2020 / MGA zone 55', 7855, 300000, 6000000, 144.777608615, -36.124095833],
    ['NAD83 / UTM zone 10N', 26910, 500000, 5000000, -123, 45.153477184],
    ['ETRS89 / UTM zone 32N', 25832, 600000, 5500000, 10.38516863, 49.644256864],
    ['Web Mercator', 3857, 1113194.9, 6446275.8, 9.999999929, 49.999999763],
    ['World Mercator', 3395, 1113194.9, 6446275.8, 9.999999929, 50.189264623],
    ['NSIDC north', 3413, 500000, -1500000, -26.565051177, 75.479145894],
    ['NSIDC north, beyond the pole', 3413, -500000, 1500000, 153.434948823, 75.479145894],
    ['Arctic', 3995, -1000000, 200000, -101.309932474, 80.634140854],
    ['Antarctic', 3031, -1000000, 1000000, -45, -77.037400635],
    ['NSIDC south', 3976, 2000000, 300000, 81.46923439, -71.487140397],
    ['UPS north', 32661, 2300000, 1500000, 30.963756532, 84.751541734],
    ['UPS south', 32761, 2300000, 1500000, 149.036243468, -84.751541734],
    ['degrees', 4326, 12.5, -7.25, 12.5, -7.25],
  ])('%s', (_, code, x, y, longitude, latitude) => {
    const [east, north] = projectionOf(code)!.inverse(x, y);
    expect((east + 540) % 360).toBeCloseTo(longitude + 180, 7);
    expect(north).toBeCloseTo(latitude, 7);
  });

  it.each([2154, 32600, 32661 + 1000, 4267, 0])('says nothing of EPSG:%d', (code) => {
    expect(projectionOf(code)).toBeUndefined();
  });
});
