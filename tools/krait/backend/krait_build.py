"""The PEP 517 backend of Krait: builds a project's wheel by `krait wheel`, and its source distribution.

    [build-system]
    requires = []
    build-backend = "krait_build"

Needs Python alone. The compiler is the one that KRAIT names, the one this file was installed with, or the one on PATH.
"""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

__all__ = [
    "build_wheel",
    "build_sdist",
    "get_requires_for_build_wheel",
    "get_requires_for_build_sdist",
    "prepare_metadata_for_build_wheel",
]

# What building and testing leave behind.
_BYPRODUCTS = {"__pycache__", "build", "dist"}


def _krait():
    installed = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bin", "krait"))
    for candidate in (os.environ.get("KRAIT"), installed, "krait"):
        found = candidate and shutil.which(candidate)
        if found:
            return found
    raise FileNotFoundError("krait was not found: put it on PATH, or its path into the variable KRAIT")


def _options(settings):
    """Of krait: `pip wheel --config-settings=-O=1 --config-settings=--strip-source= .`"""
    words = []
    for name, values in (settings or {}).items():
        for value in values if isinstance(values, list) else [values]:
            words += [name, value] if value else [name]
    return words


def _make(folder, *options):
    """Runs `krait wheel` on this folder's project. Returns the name of what it made."""
    made = subprocess.run([_krait(), "wheel", ".", "-o", folder, *options], stdout=subprocess.PIPE, text=True)
    if made.returncode != 0:
        sys.exit(made.returncode)  # it has said why
    return made.stdout.splitlines()[-1]


def get_requires_for_build_wheel(config_settings=None):
    return []


def get_requires_for_build_sdist(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    return _make(metadata_directory, "--metadata")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return _make(wheel_directory, *_options(config_settings))


def _sources():
    """All files of the project, sorted, without what is hidden, virtual environments and by-products."""
    files = []
    for folder, inside, names in os.walk("."):
        inside[:] = [
            name
            for name in inside
            if not name.startswith(".")
            and name not in _BYPRODUCTS
            and not name.endswith(".egg-info")
            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        ]
        files += [
            os.path.relpath(os.path.join(folder, name))
            for name in names
            if not name.startswith(".") and not name.endswith((".pyc", ".whl")) and name != "PKG-INFO"
        ]
    return sorted(files)


def build_sdist(sdist_directory, config_settings=None):
    with tempfile.TemporaryDirectory() as scratch:
        described = _make(scratch, "--metadata")
        with open(os.path.join(scratch, described, "METADATA"), "rb") as metadata:
            information = metadata.read()
    name = described.removesuffix(".dist-info")

    def add(archive, path, content, mode):
        entry = tarfile.TarInfo(f"{name}/{path}")
        entry.size, entry.mode = len(content), mode
        archive.addfile(entry, io.BytesIO(content))

    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        add(archive, "PKG-INFO", information, 0o644)
        for path in _sources():
            with open(path, "rb") as file:
                add(archive, path, file.read(), 0o755 if os.access(path, os.X_OK) else 0o644)
    with open(os.path.join(sdist_directory, f"{name}.tar.gz"), "wb") as out:
        out.write(gzip.compress(plain.getvalue(), mtime=0))
    return f"{name}.tar.gz"
