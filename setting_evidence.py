"""The settings of the record that proves itself: a group of `settings.Settings`."""

from pydantic import BaseModel, Field

from setting_kinds import AbsolutePath, Keys, WitnessKeys, about, optional


class Evidence(BaseModel):
    """Keys that sign the journal, where the last checkpoint is kept, how often one is signed."""

    log_key: Keys | None = optional(
        "Key that signs checkpoints of the journal; only workers need it",
        "base64 of 32 bytes; with commas, further keys that sign as well",
        "secrets/log.key in the data folder",
        secret=True,
    )
    last_checkpoint: AbsolutePath | None = optional(
        "File outside the database that keeps the last signed checkpoint",
        "path of a file",
        "checkpoint in the data folder",
    )
    checkpoint_seconds: int = Field(
        60,
        ge=1,
        le=3600,
        description="Seconds between two checkpoints while events come in",
        json_schema_extra=about("1 to 3600"),
    )
    witness_keys: WitnessKeys | None = optional(
        "Public keys of witnesses who may sign checkpoints here",
        "name+id+key, as `shouwen witness` shows it; several with commas",
        "no witnesses",
    )

    def witnesses(self) -> list[str]:
        """The witnesses' keys, one text each."""
        return self.witness_keys.split(",") if self.witness_keys else []
