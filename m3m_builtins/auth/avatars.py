"""Profile pictures: any picture in, a small square out. Whatever the file is, it costs little."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps

from m3m_core import Invalid, NotFound, field, now, offload

from .documents import Avatar, User

SIDE = 256
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PICTURE = 30_000_000
"""Pixels. A small file may unfold into a picture that fills the memory; this one takes 120 MB at most."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MEDIA_TYPE = "image/webp"


def square(data: bytes) -> bytes:
    """A picture of 256×256, cut to its middle, upright, without metadata. Raises Invalid."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise _invalid("picture_too_large", "The picture has too many pixels.")
            picture.draft("RGB", (SIDE * 2, SIDE * 2))  # JPEG only: decodes at a smaller scale
            upright = ImageOps.exif_transpose(picture)
            small = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
        out = BytesIO()
        small.save(out, "WEBP", quality=85)
    except Invalid:
        raise
    except Exception as error:  # a hostile file fails in Pillow in any way it likes
        raise _invalid("not_a_picture", "Choose a PNG, JPEG, WebP or GIF picture.") from error
    return out.getvalue()


class Avatars:
    def put(self, user: User, data: bytes) -> User:
        """Raises Invalid for what is no picture."""
        image = offload(square, data)
        digest = sha256(image).hexdigest()[:16]
        Avatar.objects(id=user.id).update_one(set__digest=digest, set__image=image, upsert=True)
        changed: User | None = User.objects(id=user.id).modify(set__avatar=digest, set__updated_at=now(), new=True)
        if changed is None:  # deleted meanwhile
            Avatar.objects(id=user.id).delete()
            raise NotFound("There is no such user.")
        return changed

    def get(self, user_id: str) -> Avatar:
        """Raises NotFound."""
        avatar: Avatar | None = Avatar.objects(id=user_id).first()
        if avatar is None:
            raise NotFound("This user has no picture.")
        return avatar


def _invalid(code: str, message: str) -> Invalid:
    return Invalid("The picture cannot be used.", fields={"avatar": field(code, message)})
