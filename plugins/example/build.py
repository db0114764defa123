"""Compile example.py to example.cpython-….so with Cython: `python build.py [FOLDER]`.

Needs `pip install cython setuptools` and a C compiler. The file works with the Python version that built it only. It
lands in FOLDER, by default beside this script.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "example.py"


def build(original: Path, folder: Path) -> Path:
    """Compile in a temporary folder, so that no C files stay behind; returns the path of the new file."""
    with tempfile.TemporaryDirectory() as work:
        source = Path(shutil.copy(original, work))
        modules = cythonize([str(source)], build_dir=work, language_level=3, quiet=True)
        for module in modules:
            module.name = original.stem
        command = build_ext(Distribution({"ext_modules": modules}))
        command.build_lib = command.build_temp = work
        command.ensure_finalized()
        command.run()
        built = next(Path(work).glob("*.so"))
        return Path(shutil.copy(built, folder))


if __name__ == "__main__":
    sys.stdout.write(f"{build(SOURCE, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)}\n")
