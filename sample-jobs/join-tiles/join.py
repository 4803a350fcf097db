"""Pastes tiles together again: join.py TILES OUTPUT_DIR

Where a tile belongs is in its name, <name>_<row>_<column>.png, as image-tiles writes it.
"""

import json
import os
import re
import sys

from PIL import Image

# Exit codes, as the manifest's "errors" describe them.
UNREADABLE_TILE, NO_PLACE = 1, 2
PLACE = re.compile(r"^(.*)_(\d+)_(\d+)\.png$")


def main(directory, output_dir):
    tiles, stem = {}, "mosaic"
    for name in sorted(os.listdir(directory)):
        found = PLACE.match(name)
        if not found:
            stop(NO_PLACE, f"{name} does not end in _<row>_<column>.png")
        stem = found[1]
        tiles[int(found[2]), int(found[3])] = load(os.path.join(directory, name))
    # A row is as high as its tallest tile, a column as wide as its widest: those at the edges are smaller.
    tops = offsets({row: max(t.height for (r, _), t in tiles.items() if r == row) for row, _ in tiles})
    lefts = offsets({column: max(t.width for (_, c), t in tiles.items() if c == column) for _, column in tiles})
    mosaic = Image.new("RGB", (lefts[None], tops[None]))
    for (row, column), tile in tiles.items():
        mosaic.paste(tile, (lefts[column], tops[row]))
    mosaic.save(os.path.join(output_dir, f"{stem}_mosaic.png"))
    with open(os.path.join(output_dir, "seed.outputs.json"), "w", encoding="utf-8") as results:
        json.dump({"tileCount": len(tiles)}, results)
    print(f"{len(tiles)} tiles, {mosaic.width} x {mosaic.height} pixels")


def offsets(sizes):
    """Where each row (or column) begins; under None where the last one ends."""
    at, places = 0, {}
    for index in sorted(sizes):
        places[index] = at
        at += sizes[index]
    return {**places, None: at}


def load(path):
    try:
        return Image.open(path).convert("RGB")
    except Exception as problem:  # Pillow's plugins raise whatever a broken file makes them raise.
        stop(UNREADABLE_TILE, f"{os.path.basename(path)}: {problem}")


def stop(code, message):
    print(f"join-tiles: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
