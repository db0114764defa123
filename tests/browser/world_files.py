"""Files of every kind that the admin shows."""

from __future__ import annotations

import json
from io import BytesIO

from e2e.client import Admin, Project, send
from PIL import Image, ImageDraw

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 48>>stream
BT /F1 24 Tf 40 220 Td (Weather station) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
FOLDERS = ("reports/2026/november", "pictures")
CODE = {"readings.json": {"station": "north", "values": [{"hour": hour, "mm": hour % 5} for hour in range(24)]}}


def picture(color: str) -> bytes:
    image = Image.new("RGB", (640, 420), "#eef3f8")
    draw = ImageDraw.Draw(image)
    for index in range(9):
        draw.ellipse((40 * index, 30 * index, 40 * index + 150, 30 * index + 150), outline=color, width=7)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def upload(admin: Admin, project: Project, files: dict[str, bytes], folder: str = "") -> None:
    border = "----border"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, content in files.items()
    ]
    headers = {"Content-Type": f"multipart/form-data; boundary={border}"} | admin.headers
    path = f"/api/projects/{project.slug}/storage/upload?path={folder}"
    answer = send(admin.server, "POST", path, b"".join([*parts, f"--{border}--".encode()]), headers)
    assert answer.status == 201, answer


def furnish_files(admin: Admin, project: Project) -> None:
    for folder in FOLDERS:
        project.ask("POST", "/storage/mkdir", {"path": folder})
    texts = {
        "readme.md": "# Weather station\n\nMeasurements of three stations.\n",
        "stations.csv": "name,height\nnorth,120\n",
    }
    texts |= {name: json.dumps(value, indent=2) for name, value in CODE.items()}
    for name, content in texts.items():
        project.ask("POST", "/storage/file", {"path": name, "content": content})
    pictures = {
        "station-map.png": picture("#0ea5e9"),
        "sunset over the northern station, taken by hand.png": picture("#f97316"),
    }
    others = {"manual.pdf": PDF, "backup.zip": b"PK\x05\x06" + bytes(18), "firmware.bin": bytes(48_000)}
    upload(admin, project, pictures | others)
    upload(admin, project, {"one.png": picture("#22c55e")}, "pictures")
