"""The settings of photos and documents: a group of `settings.Settings`."""

from typing import Self

from pydantic import BaseModel, Field, model_validator

from setting_kinds import AbsolutePath, StoreUrl, about, optional


class Files(BaseModel):
    """How much of a file is taken, how often, and where it lies."""

    upload_bytes: int = Field(
        16_777_216,
        ge=65_536,
        le=104_857_600,
        description="Largest photo or document, in bytes",
        json_schema_extra=about("65536 to 104857600"),
    )
    upload_pixels: int = Field(
        52_000_000,
        ge=1_000_000,
        le=100_000_000,
        description="Most pixels of a photo",
        json_schema_extra=about("1000000 to 100000000"),
    )
    upload_pages: int = Field(
        200,
        ge=1,
        le=5000,
        description="Most pages of a document",
        json_schema_extra=about("1 to 5000"),
    )
    uploads_per_hour: int = Field(
        60,
        ge=1,
        le=100_000,
        description="Uploads from one address, or with one receipt or link, within an hour; "
        "a member of staff may make ten times as many",
        json_schema_extra=about("1 to 100000"),
    )
    uploads_waiting_bytes: int = Field(
        2_147_483_648,
        ge=1_048_576,
        description="Bytes that residents' uploads may take together while no case names them",
        json_schema_extra=about("1048576 or more"),
    )
    files_folder: AbsolutePath | None = optional(
        "Folder of photos and documents, where no bucket is set",
        "path of a folder",
        "files in the data folder",
    )
    s3_bucket: str | None = optional(
        "Bucket of photos and documents in a store that speaks S3", "name of a bucket", "no bucket"
    )
    s3_endpoint: StoreUrl | None = optional(
        "Address of that store", "https:// address, http:// to a neighbour", "none"
    )
    s3_region: str = Field(
        "us-east-1",
        min_length=1,
        description="Region of that store",
        json_schema_extra=about("name of a region"),
    )
    s3_key_id: str | None = optional("Name of the key for that store", "any text", "none")
    s3_secret_key: str | None = optional("The key for that store", "any text", "none", secret=True)

    @model_validator(mode="after")
    def _bucket_is_whole(self) -> Self:
        for name in ("s3_endpoint", "s3_key_id", "s3_secret_key"):
            if self.s3_bucket is not None and getattr(self, name) is None:
                raise ValueError(f"SHOUWEN_S3_BUCKET needs SHOUWEN_{name.upper()}")
        if self.s3_bucket is not None and self.files_folder is not None:
            raise ValueError("SHOUWEN_S3_BUCKET and SHOUWEN_FILES_FOLDER: set one of them")
        return self
