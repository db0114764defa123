"""Prints the API's own description (OpenAPI), from the installed plugins, without a server or a database."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from falcon.testing import TestClient

from m3m_core import Settings
from m3m_core.discovery import find
from m3m_core.http.app import create_app
from m3m_core.http.openapi import PATH
from m3m_core.kernel import Kernel
from m3m_core.settings import Data, Logging, MongoDB, Plugins, Storage

NO_DATABASE = "mongodb://127.0.0.1:9"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = replace(
            Settings(),
            mongodb=MongoDB(uri=NO_DATABASE),
            data=Data(folder / "data"),
            storage=Storage(folder / "storage"),
            logging=Logging(path=folder / "logs"),
            plugins=Plugins(path=folder / "plugins"),
        )
        kernel = Kernel(settings, "front", found=find(settings.plugins))
        kernel.start()
        try:
            answer = TestClient(create_app(kernel)).simulate_get(PATH)
        finally:
            kernel.stop()
    sys.stdout.buffer.write(answer.content)


if __name__ == "__main__":
    main()
