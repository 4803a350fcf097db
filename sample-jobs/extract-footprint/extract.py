"""Reads where and when an image was taken: extract.py INPUT_IMAGE OUTPUT_DIR

Writes INPUT_IMAGE.metadata.json, which changes the metadata of the input itself, and the geometry alone as a product.
"""

import json
import os
import sys

import exif
import geotiff

# Exit codes, as the manifest's "errors" describe them.
NOT_AN_IMAGE, NOTHING_KNOWN = 1, 2


def main(source, output_dir):
    tags = exif.read(source)
    if not tags.get("MIMEType", "").startswith("image/"):
        stop(NOT_AN_IMAGE, f"{os.path.basename(source)} is not an image")
    corners, crs = geotiff.corners(source) if tags["MIMEType"] == "image/tiff" else (None, None)
    point = exif.position(tags)
    if corners:
        geometry = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    else:
        geometry = point and {"type": "Point", "coordinates": point}
    taken = exif.taken_at(tags)
    if not geometry and not taken:
        stop(NOTHING_KNOWN, f"{os.path.basename(source)} says neither where nor when it was taken")

    feature = {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            **({"dataStarted": taken, "dataEnded": taken} if taken else {}),
            **({"sourceSensorClass": "camera", "sourceSensor": str(tags["Model"])} if "Model" in tags else {}),
            "dataTypes": ["georeferenced" if corners else "photograph"] if geometry else [],
            **(centre(corners or [point]) if geometry else {}),
            # What the standard does not name ends up in the file's meta_data.
            "width": tags.get("ImageWidth"),
            "height": tags.get("ImageHeight"),
            **({"crs": crs} if corners else {}),
            **({"localTime": str(tags["DateTimeOriginal"])} if "DateTimeOriginal" in tags else {}),
        },
    }
    write(os.path.join(output_dir, "INPUT_IMAGE.metadata.json"), feature)
    if geometry:
        write(os.path.join(output_dir, "footprint.geojson"), geometry)
    print(f"{os.path.basename(source)}: {json.dumps(geometry)}, {taken or 'time unknown'}")


def centre(positions):
    """The middle of a place, as members that the conditions of a recipe can look at."""
    longitudes, latitudes = zip(*(position[:2] for position in positions))
    return {
        "centreLongitude": round((min(longitudes) + max(longitudes)) / 2, 6),
        "centreLatitude": round((min(latitudes) + max(latitudes)) / 2, 6),
    }


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def stop(code, message):
    print(f"extract-footprint: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
