"""What the platform tells a job through its environment."""

import json
import os


def value(name, default):
    """A JSON input that may be absent: then its variable is not set."""
    text = os.environ.get(name)
    return default if text is None else json.loads(text)


def setting(name):
    return os.environ.get(name, "")


def allocations():
    """ALLOCATED_CPUS=1.0 and its like, as numbers."""
    prefix = "ALLOCATED_"
    found = {name[len(prefix) :].lower(): text for name, text in os.environ.items() if name.startswith(prefix)}
    return {name: float(text) for name, text in sorted(found.items())}


def known_files():
    """How many input files the platform's context document describes (INPUT_METADATA)."""
    path = os.environ.get("INPUT_METADATA")
    if not path or not os.path.exists(path):
        return 0
    with open(path, encoding="utf-8") as file:
        return sum(len(files) for files in json.load(file).get("JOB", {}).values() if isinstance(files, list))
