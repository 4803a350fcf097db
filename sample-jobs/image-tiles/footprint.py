"""Where a GeoTIFF and its parts lie on the globe."""

import re
import subprocess

NUMBERS = re.compile(r"^(?:Upper|Lower) (?:Left|Right).*\(\s*(-?[\d.]+),\s*(-?[\d.]+)\)$", re.MULTILINE)


def corners(path):
    """[longitude, latitude] of the upper left, lower left, upper right and lower right corner; None if unknown."""
    listing = subprocess.run(["listgeo", "-d", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    found = [[float(x), float(y)] for x, y in NUMBERS.findall(listing.stdout.decode("utf-8", "replace"))]
    on_globe = all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude in found)
    return found if len(found) == 4 and on_globe else None


def part(quad, box, size):
    """The ring, counter-clockwise and closed, of the pixels `box` (left, top, right, bottom) of an image of `size`.

    Between the corners it interpolates: over a scene of 10 km in UTM that is right to half a metre.
    """
    left, top, right, bottom = box
    ring = [(left, top), (left, bottom), (right, bottom), (right, top), (left, top)]
    return [between(quad, x / size[0], y / size[1]) for x, y in ring]


def between(quad, across, down):
    upper_left, lower_left, upper_right, lower_right = quad
    return [
        round(
            (1 - down) * ((1 - across) * upper_left[axis] + across * upper_right[axis])
            + down * ((1 - across) * lower_left[axis] + across * lower_right[axis]),
            6,
        )
        for axis in (0, 1)
    ]
