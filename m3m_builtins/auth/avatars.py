"""Profile pictures: any picture in, a small square out."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from m3m_core import Invalid, NotFound, TooLarge, UnsupportedMedia, field, now, offload, pictures

from .documents import Avatar, User

SIDE = 256
LARGEST_FILE = 5 * 1024 * 1024
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MEDIA_TYPE = pictures.MEDIA_TYPE


def square(data: bytes) -> bytes:
    """A picture of 256×256. Raises Invalid."""
    try:
        return pictures.square(BytesIO(data), SIDE, formats=FORMATS, quality=85)
    except TooLarge as error:
        raise _invalid(error.code, error.message) from error
    except UnsupportedMedia as error:
        raise _invalid(error.code, "Choose a PNG, JPEG, WebP or GIF picture.") from error


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
