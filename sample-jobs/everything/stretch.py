"""Contrast, band by band in processes of their own; they hand their pixels over in shared memory (/dev/shm)."""

import hashlib
import json
import os
from multiprocessing import Process
from multiprocessing.shared_memory import SharedMemory

from PIL import Image


def stretched(bands, reference, gamma, cache):
    """The colour picture of three grey ones, and the [darkest, brightest] value of each that was spread over 0-255."""
    width, height = bands[0].size
    limits = [limits_of(band, reference["percentiles"], cache) for band in bands]
    shared = SharedMemory(create=True, size=width * height * len(bands))
    try:
        work = [
            Process(target=stretch_into, args=(shared.name, index, band, limits[index], gamma))
            for index, band in enumerate(bands)
        ]
        for process in work:
            process.start()
        for process in work:
            process.join()
        if any(process.exitcode for process in work):
            raise RuntimeError("a band could not be stretched")
        pixels = bytes(shared.buf)
    finally:
        shared.close()
        shared.unlink()
    planes = [
        Image.frombytes("L", (width, height), pixels[index * width * height : (index + 1) * width * height])
        for index in range(len(bands))
    ]
    return Image.merge("RGB", planes), limits


def stretch_into(name, index, band, limits, gamma):
    low, high = limits
    span = max(1, high - low)
    curve = [round(255 * min(1, max(0, (level - low) / span)) ** (1 / gamma)) for level in range(256)]
    pixels = band.point(curve).tobytes()
    shared = SharedMemory(name=name)
    shared.buf[index * len(pixels) : (index + 1) * len(pixels)] = pixels
    shared.close()


def limits_of(band, percentiles, cache):
    """Remembered in the writable mount: the same band need not be counted twice."""
    name = hashlib.sha256(band.tobytes() + json.dumps(percentiles).encode()).hexdigest()
    path = os.path.join(cache, f"{name}.json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    limits = count(band.histogram(), percentiles)
    # Whole or not at all: another job may share the cache.
    partial = f"{path}.{os.urandom(4).hex()}"
    with open(partial, "w", encoding="utf-8") as file:
        json.dump(limits, file)
    os.replace(partial, path)
    return limits


def count(histogram, percentiles):
    total, limits = sum(histogram), []
    for percentile in percentiles:
        below, level = 0, 0
        while level < 255 and below + histogram[level] < total * percentile / 100:
            below += histogram[level]
            level += 1
        limits.append(level)
    return limits
