"""Merges three bands into a colour picture: everything.py --output DIR --title=TEXT [--mask FILE] [--quality N] BANDS_DIR"""

import argparse
import hashlib
import hmac
import json
import os
import sys

from PIL import Image, ImageDraw

from context import allocations, known_files, setting, value
from stretch import stretched

# Exit codes, as the manifest's "errors" describe them.
WRONG_BANDS, WRONG_MASK, NO_REFERENCE, NO_KEY = 10, 11, 12, 20


def main(options):
    key = setting("SIGNING_KEY") or stop(NO_KEY, "SIGNING_KEY is empty")
    reference = read_reference()
    bands = choose_bands(options.bands)
    picture, limits = stretched(bands, reference, value("GAMMA", 1.0), cache="/cache")
    land = apply_mask(picture, options.mask, reference) if options.mask else None
    if value("ANNOTATE", True):
        ImageDraw.Draw(picture).text((4, 4), options.title.encode("latin-1", "replace"), fill="white")

    composite = os.path.join(options.output, "composite.png")
    picture.save(composite)
    with open(composite, "rb") as file:
        signature = hmac.new(key.encode(), file.read(), hashlib.sha256).hexdigest()
    write_histograms(picture, options.output)
    write_previews(picture, options.output, options.quality)
    copy_notes(os.environ.get("SIDE_NOTES"), options.output)
    write_json(f"{composite}.metadata.json", sidecar(options.title))
    if options.mask:
        write_json(os.path.join(options.output, "MASK.metadata.json"), feature({"dataTypes": ["mask", "land"]}))
    write_json(
        os.path.join(options.output, "seed.outputs.json"),
        {
            "bandCount": len(bands),
            **({} if land is None else {"landShare": land}),
            "signed": True,
            "signature": signature,
            "stretch": limits,
            "allocated": allocations(),
        },
    )
    print(f"composite of {len(bands)} bands for {setting('OPERATOR')}; the catalogue knows {known_files()} input files")


def choose_bands(folder):
    """The bands for red, green and blue: numbers of BAND_ORDER, counted from 1 in the order of the file names."""
    try:
        files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
        by_number = dict(enumerate(files, start=1))
        images = [Image.open(by_number[number]).convert("L") for number in value("BAND_ORDER", [3, 2, 1])]
    except (OSError, KeyError, TypeError, SyntaxError, ValueError) as problem:
        stop(WRONG_BANDS, f"cannot use the bands: {type(problem).__name__} {problem}")
    if len(images) != 3 or len({image.size for image in images}) != 1:
        stop(WRONG_BANDS, f"three bands of one size are needed, not {[image.size for image in images]}")
    return images


def apply_mask(picture, path, reference):
    """Paints what is not land; returns the share of land."""
    try:
        mask = Image.open(path).convert("1")
    except (OSError, SyntaxError, ValueError) as problem:
        stop(WRONG_MASK, f"{os.path.basename(path)}: {problem}")
    if mask.size != picture.size:
        stop(WRONG_MASK, f"the mask has {mask.size} pixels and the bands {picture.size}")
    water = Image.new("RGB", picture.size, tuple(reference["water"]))
    picture.paste(water, mask=mask.point(lambda on: not on and 255))
    return round(mask.histogram()[255] / (mask.width * mask.height), 6)


def read_reference():
    try:
        with open("/reference/composite.json", encoding="utf-8") as file:
            reference = json.load(file)
        return {"percentiles": [float(part) for part in reference["percentiles"]], "water": reference["water"]}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        stop(NO_REFERENCE, f"/reference/composite.json: {problem}")


def sidecar(title):
    """SOURCE says what the files do not: sensor, times, area."""
    source = value("SOURCE", {})
    names = ["Started", "Ended", "Sensor", "SensorClass", "Collection", "Task"]
    given = {f"source{name}": source[name] for name in names if name in source}
    data = {f"data{name}": source[name] for name in ("Started", "Ended") if name in source}
    extra = {"title": title, "operator": setting("OPERATOR"), "dataTypes": ["composite"]}
    return feature({**data, **given, **extra}, source.get("Geometry"))


def feature(properties, geometry=None):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write_histograms(picture, output):
    for number, band in enumerate(picture.split(), start=1):
        with open(os.path.join(output, f"histogram-{number}.csv"), "w", encoding="utf-8") as file:
            file.write("value,pixels\n")
            file.writelines(f"{level},{pixels}\n" for level, pixels in enumerate(band.histogram()))


def write_previews(picture, output, quality):
    os.makedirs(os.path.join(output, "previews"))
    for width in (64, 128):
        small = picture.resize((width, max(1, width * picture.height // picture.width)))
        small.save(os.path.join(output, "previews", f"{width:04}.jpg"), quality=quality)


def copy_notes(folder, output):
    """An input that may be absent: then its variable is not set, and the optional output stays away."""
    if not folder:
        return
    with open(os.path.join(output, "notes.txt"), "w", encoding="utf-8") as out:
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as note:
                out.write(f"{name}\n{note.read()}\n")


def write_json(path, content):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file)


def stop(code, message):
    print(f"everything: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--mask")
    parser.add_argument("--quality", type=int, default=85)
    parser.add_argument("bands")
    main(parser.parse_args())
