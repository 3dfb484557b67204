// Makes world.json, the outlines of the map, from Natural Earth as npm's world-atlas carries it.
//
//   npm install world-atlas@2.0.2 topojson-client@3 d3-geo@3   (in any folder)
//   node build_world.mjs path/to/node_modules path/to/world.json
//
// Shapes are those of 1:110m in whole units of a map 1000 wide: about a pixel on a desktop, and
// small enough to stand in every page. Countries that 1:110m leaves out become dots where 1:50m
// has their middle. Areas without a UN number are drawn as land and carry no name.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, target] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, "here.js"));
const { feature } = require("topojson-client");
const atlas = (scale) => {
  const topology = require(`world-atlas/countries-${scale}.json`);
  return feature(topology, topology.objects.countries).features;
};
const { geoCentroid, geoEqualEarth, geoPath } = await import(require.resolve("d3-geo"));

const ANTARCTICA = "010";
const WIDTH = 1000;
// Too small even for 1:50m: [longitude, latitude] of the capital.
const CAPITALS = { 798: [179.2, -8.5] };

const shapes = atlas("110m").filter((country) => country.id !== ANTARCTICA);
redrawAsTheUnitedNationsDo(Object.fromEntries(shapes.map((each) => [each.id, each.geometry])));
const all = { type: "FeatureCollection", features: shapes };
const projection = geoEqualEarth().fitWidth(WIDTH, all);
const [[, top], [, bottom]] = geoPath(projection).bounds(all);
projection.translate([projection.translate()[0], projection.translate()[1] - top]);
const height = Math.ceil(bottom - top);
const drawn = geoPath(projection).digits(0);

// Natural Earth draws who holds the land. Two places that differ from the maps of the United Nations
// at this scale are put right: Western Sahara begins at 27 degrees 40 minutes north, and Crimea is a
// part of Ukraine (General Assembly resolution 68/262).
function redrawAsTheUnitedNationsDo(geometry) {
  const [morocco, sahara] = [geometry[504].coordinates[0], geometry[732].coordinates[0]];
  const key = ([longitude, latitude]) => `${longitude} ${latitude}`;
  const among = (ring) => {
    const keys = new Set(ring.map(key));
    return (point) => keys.has(key(point));
  };
  const north = morocco.filter(([, latitude]) => latitude > 27.65);
  const coast = morocco.filter((point) => point[1] <= 27.65 && !among(sahara)(point));
  const corner = north.find(among(sahara));
  const seaward = north.findLast(([longitude, latitude]) => longitude < -13 && latitude < 27.66);
  const south = sahara.find((point) => among(morocco)(point) && point[0] < -17.015);
  const own = sahara.filter((point) => !among(morocco)(point));
  geometry[504].coordinates = [north];
  geometry[732].coordinates = [[corner, ...own, south, ...coast, seaward, corner]];

  const russia = geometry[643].coordinates;
  const inCrimea = ([[[longitude, latitude]]]) => longitude > 32 && longitude < 37 && latitude < 46.3;
  const crimea = russia.findIndex(inCrimea);
  const ukraine = geometry[804];
  ukraine.coordinates = [ukraine.coordinates, ...russia.splice(crimea, 1)];
  ukraine.type = "MultiPolygon";
}

// "M1,2L3,4Z" -> "M1 2l2 2z": offsets are shorter than places, and repeated points are left out.
function compact(d) {
  return d
    .split("Z")
    .filter(Boolean)
    .map((ring) => {
      const points = ring.slice(1).split("L").map((point) => point.split(",").map(Number));
      const steps = [];
      let [x, y] = points[0];
      for (const [nextX, nextY] of points.slice(1)) {
        if (nextX !== x || nextY !== y) steps.push(`${nextX - x} ${nextY - y}`);
        [x, y] = [nextX, nextY];
      }
      const line = steps.join(" ").replaceAll(" -", "-");
      return steps.length < 2 ? "" : `M${points[0].join(" ")}l${line}z`;
    })
    .join("");
}

const countries = shapes
  .map((country, place) => ({ m49: country.id ?? `land-${place}`, d: compact(drawn(country)) }))
  .filter((country) => country.d);
const have = new Set(countries.map((country) => country.m49));
const middles = atlas("50m").map((country) => [country.id, geoCentroid(country)]);
const dots = [...middles, ...Object.entries(CAPITALS)]
  .filter(([m49]) => m49 && m49 !== ANTARCTICA && !have.has(m49))
  .map(([m49, place]) => [m49, projection(place).map(Math.round)])
  .sort()
  .map(([m49, [x, y]]) => ({ m49, x, y }));

const lines = (rows) => rows.map((row) => JSON.stringify(row)).join(",\n");
fs.writeFileSync(
  target,
  `{"viewBox": "0 0 ${WIDTH} ${height}",\n"countries": [\n${lines(countries)}\n],\n"dots": [\n${lines(dots)}\n]}\n`,
);
